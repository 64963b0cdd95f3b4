"""`python -m transpile`."""

from transpile.cli import main

if __name__ == "__main__":
    main()
