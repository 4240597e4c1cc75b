"""The `swv6` command."""


def main() -> None:
    """Run the command line and leave with the documented exit code."""
    import os
    import sys

    # NumPy's threads spin for a tenth of a second after each small product, on the cores that the engines need
    # (measured: a transcript takes 180 ms instead of 148); whoever wants them says so in the environment.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.argv[1:2] == ["say"]:
        from swv6.cli import quick

        if quick.said(sys.argv[2:]):
            return
    from swv6.cli.app import run

    run()
