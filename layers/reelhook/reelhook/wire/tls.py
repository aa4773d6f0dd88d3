"""Who is believed over TLS, AWS apart."""

import os
import ssl

import certifi

# Once per environment: loading the roots takes longer than a handshake. They are certifi's, or those that SSL_CERT_FILE names.
TLS = ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())
