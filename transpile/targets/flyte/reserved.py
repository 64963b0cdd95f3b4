"""Names that emitted modules, functions and nodes must not have."""

MODULES = frozenset("""
    abc adlfs aifc aiobotocore aiohappyeyeballs aiohttp aioitertools aiosignal antigravity
    argparse array ast asynchat asyncio asyncore atexit attr attrs audioop azure backports
    base64 bdb binascii binhex bisect botocore builtins bz2 cachetools calendar certifi cffi
    cgi cgitb charset_normalizer chunk click cloudpickle cmath cmd code codecs codeop
    collections colorsys compileall concurrent configparser contextlib contextvars copy
    copyreg cprofile croniter crypt cryptography csv ctypes curses dataclasses
    dataclasses_json datetime dateutil dbm decimal decorator difflib dis diskcache distutils
    docker docstring_parser doctest email encodings ensurepip enum errno faulthandler fcntl
    filecmp fileinput flyteidl flytekit flytekitplugins fnmatch fractions frozenlist fsspec
    ftplib functools gc gcsfs genericpath getopt getpass gettext glob google
    google_auth_oauthlib google_crc32c graphlib grp grpc grpc_status gzip hashlib heapq hmac
    html http idlelib idna imaplib imghdr imp importlib importlib_metadata inspect io
    ipaddress isodate itertools jaraco jeepney jmespath joblib json jsonlines jsonpickle jwt
    keyring keyword kubernetes lazy_importer lib2to3 linecache locale logging lzma mailbox
    mailcap markdown_it marshal marshmallow marshmallow_enum marshmallow_jsonschema
    mashumaro math mdurl mimetypes mmap modulefinder more_itertools msal msal_extensions
    msgpack msilib msvcrt multidict multiprocessing mypy_extensions netrc nis nntplib nt
    ntpath nturl2path numbers numpy oauthlib opcode opentelemetry operator optparse os
    ossaudiodev packaging pandas pathlib pdb pickle pickletools pip pipes pkg_resources
    pkgutil platform plistlib polars poplib posix posixpath pprint profile propcache proto
    protoc_gen_openapiv2 pstats pty pwd py_compile pyarrow pyasn1 pyasn1_modules pyclbr
    pycparser pydantic pydoc pydoc_data pyexpat pygments pyspark pytest pythonjsonlogger
    pytimeparse queue quopri random re readline reprlib requests requests_oauthlib resource
    rich rich_click rlcompleter runpy s3fs sched secrets secretstorage select selectors
    setuptools shelve shlex shutil signal site six smtpd smtplib sndhdr socket socketserver
    spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics statsd string
    stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile
    telnetlib tempfile tensorflow termios textwrap this threading time timeit tkinter token
    tokenize tomllib torch trace traceback tracemalloc tty turtle turtledemo types typing
    typing_extensions typing_inspect unicodedata unittest urllib urllib3 uu uuid venv
    warnings wave weakref webbrowser winreg winsound wrapt wsgiref xdrlib xml xmlrpc xxsubtype yaml
    yarl zipapp zipfile zipimport zipp zlib zoneinfo
    """.split())
"""The standard library of Python 3.10 to 3.13, and the modules that flytekit imports.

An emitted module of such a name would be imported instead."""

TOOLS = frozenset("""
    black blib2to3 jinja2 lark markupsafe pathspec platformdirs pytokens test tomli transpile
    """.split())
"""The tests of Python, and the modules that transpile imports: rehearsals import both sides."""

WINDOWS = frozenset(
    ("aux", "con", "nul", "prn", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
"""Devices of Windows, where no file or folder can have such a name, with any suffix."""

NAMES = frozenset("""
    abs aiter all and anext any as ascii assert async await bin bool break breakpoint
    bytearray bytes callable case chr class classmethod compile complex continue copyright
    credits def del delattr dict dir divmod elif else enumerate eval except exec exit filter
    finally float for format from frozenset getattr global globals hasattr hash help hex id
    if import in input int is isinstance issubclass iter lambda len license list locals map
    match max memoryview min next nonlocal not object oct open or ord pass pow print
    property quit raise range repr return reversed round set setattr slice sorted
    staticmethod str sum super try tuple type vars while with yield zip
    """.split())
"""Keywords and built-in functions."""

NODE_ATTRIBUTES = frozenset("""
    bindings flyte_entity id metadata name outputs run_entity runs_before upstream_nodes
    with_overrides
    """.split())
"""Attributes of flytekit's Node; outputs of a sub-workflow cannot have these names."""

CALL_PARAMETERS = frozenset("""
    add_node_to_compilation_state ctx entity kwargs launch_plan node_id overridden_interface self
    sub_wf
    """.split())
"""Parameters of flytekit's add_entity, add_subwf and add_launch_plan."""

NODE_IDS = frozenset(("start_node", "end_node", "efn", "fn0"))
"""Flyte's own node ids, as identifiers."""
