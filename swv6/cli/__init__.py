"""The `swv6` command."""


def main() -> None:
    """Run the command line and leave with the documented exit code."""
    from swv6.cli.app import run

    run()
