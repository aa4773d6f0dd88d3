"""Links that begin with no listed origin, however much they look like it."""

# `{port}` is that of a listening host whose origin, http://127.0.0.1:{port}, is on the list.
HOSTILE = [
    # other spellings of the same address
    *("http://127.1:{port}/", "http://127.0.1:{port}/", "http://2130706433:{port}/", "http://0:{port}/"),
    *("http://0x7f000001:{port}/", "http://0x7f.0.0.1:{port}/", "http://0177.0.0.1:{port}/"),
    *("http://localhost:{port}/", "http://localhost.localdomain:{port}/", "http://127.0.0.2:{port}/"),
    *("http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://[64:ff9b::7f00:1]:{port}/"),
    *("http://[0:0:0:0:0:ffff:7f00:1%25lo]:{port}/", "http://0.0.0.0:{port}/", "http://[::]:{port}/"),
    *("http://127.0.0.1.:{port}/", "http://127.0.0.1..:{port}/", "http://127.0.0.1.nip.io:{port}/"),
    *("http://①②⑦.0.0.1:{port}/", "http://127。0。0。1:{port}/", "http://127.0.0.1\u200b:{port}/"),
    *("http://%31%32%37.0.0.1:{port}/", "http://127.0.0.1%2e:{port}/", "http://127.0.0.1%00:{port}/"),
    # another scheme, or none
    *("https://127.0.0.1:{port}/", "HTTP://127.0.0.1:{port}/", "Http://127.0.0.1:{port}/"),
    *(
        "ftp://127.0.0.1:{port}/",
        "ws://127.0.0.1:{port}/",
        "gopher://127.0.0.1:{port}/_GET",
        "file:///etc/passwd",
    ),
    *("//127.0.0.1:{port}/", "http:/127.0.0.1:{port}/", "http:127.0.0.1:{port}/", "127.0.0.1:{port}/"),
    *("http:///127.0.0.1:{port}/", "http://http://127.0.0.1:{port}/", "data:video/mp4;base64,AAAA", "", "/"),
    *("url:http://127.0.0.1:{port}/", "view-source:http://127.0.0.1:{port}/", "javascript:alert(1)"),
    # somebody else before or after
    *(
        "http://127.0.0.1:{port}@evil.test/",
        "http://evil.test@127.0.0.1:{port}/",
        "http://@127.0.0.1:{port}/",
    ),
    *(
        "http://user:password@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}\\@evil.test/",
        "http://:@127.0.0.1:{port}/",
    ),
    *(
        "http://127.0.0.1:{port}\\.evil.test/",
        "http://evil.test\\@127.0.0.1:{port}/",
        "http:\\\\127.0.0.1:{port}/",
    ),
    *(
        "http://127.0.0.1:{port}.evil.test/",
        "http://evil.test/http://127.0.0.1:{port}/",
        "http://evil127.0.0.1:{port}/",
    ),
    *(
        "http://evil.test#@127.0.0.1:{port}/",
        "http://evil.test?@127.0.0.1:{port}/",
        "http://127.0.0.1:{port};@evil/",
    ),
    *(
        "http://127.0.0.1:{port}/\\..\\evil",
        "http://127.0.0.1,evil.test:{port}/",
        "http://127.0.0.1:{port}%2f@evil/",
    ),
    # ports
    *("http://127.0.0.1:0{port}/", "http://127.0.0.1:{port}0/", "http://127.0.0.1/", "http://127.0.0.1:/"),
    *(
        "http://127.0.0.1:+{port}/",
        "http://127.0.0.1: {port}/",
        "http://127.0.0.1:{port}:80/",
        "http://127.0.0.1:-1/",
    ),
    "http://127.0.0.1:99999999/",
    # no path, and characters that no link has
    *("http://127.0.0.1:{port}", "http://127.0.0.1:{port}?a=b", "http://127.0.0.1:{port}#/"),
    *(
        " http://127.0.0.1:{port}/",
        "\thttp://127.0.0.1:{port}/",
        "http://127.0.0.1:{port}\t/",
        "\ufeffhttp://127.0.0.1:{port}/",
    ),
    *(
        "http://127.0.0.1:{port}/\r\nHost: evil.test",
        "http://127.0.0.1:{port}/\n",
        "http://127.0.0.1:{port}/\x00",
    ),
    *("http://127.0.0.1:{port}/\x7f", "http://127.0.0.1:{port}/\u2028", "http://127.0.0.1:{port}/\ud800"),
    "http://127.0.0.1:{port}" + "a" * 10_000 + "/",
    # where the prizes are
    *(
        "http://169.254.169.254/latest/meta-data/",
        "http://169.254.170.2/v2/credentials",
        "http://[fd00:ec2::254]/",
    ),
    *(
        "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next",
        "http://metadata.google.internal/",
        "http://224.0.0.1/",
    ),
]
