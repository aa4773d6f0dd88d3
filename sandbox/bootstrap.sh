#!/bin/sh
# Stands in for Lambda's python3.13 runtime: AWS's own runtime client, the layers on PYTHONPATH, the
# function's memory as a limit. Functions that transfer reach S3 over TLS, as on AWS; the others keep
# plain http, so that the links they sign open in curl and in browsers.
export PYTHONPATH="$LAMBDA_TASK_ROOT:$SANDBOX_LAYERS" AWS_EXECUTION_ENV=AWS_Lambda_python3.13 TZ=:UTC
case "$_HANDLER" in
receive_callback.* | transfer_video.*)
  export AWS_ENDPOINT_URL_S3="$SANDBOX_S3" AWS_CA_BUNDLE="$SANDBOX_CA"
  ;;
submit_drop.*)
  export AWS_LAMBDA_LOG_FORMAT=JSON # as its LoggingConfig says
  ;;
esac
# The limit counts address space, of which an interpreter maps more than it uses.
ulimit -v $(((AWS_LAMBDA_FUNCTION_MEMORY_SIZE + 400) * 1024)) 2>/dev/null
exec "$SANDBOX_PYTHON" -m awslambdaric "$_HANDLER"
