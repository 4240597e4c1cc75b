"""`python -m swv6`."""

from swv6.cli import main

if __name__ == "__main__":
    main()
