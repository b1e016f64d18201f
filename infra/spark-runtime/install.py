"""Puts jars in place: install.py TARGET SOURCE[=NAME]...

A jar whose content is the same is left as it is: the class archive is only used where every jar of its class path
has the time it had when the archive was made, and a JVM says nothing when it is not.
"""

import filecmp
import shutil
import sys
from pathlib import Path


def install(target: Path, jars: dict[str, Path]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for stale in {path.name for path in target.iterdir()} - jars.keys():
        (target / stale).unlink()
    for name, source in jars.items():
        installed = target / name
        if not installed.exists() or not filecmp.cmp(source, installed, shallow=False):
            # A process that runs the jar of before goes on with that.
            draft = installed.with_suffix(".draft")
            shutil.copyfile(source, draft)
            draft.replace(installed)


def main() -> None:
    jars = {}
    for argument in sys.argv[2:]:
        source, _, name = argument.partition("=")
        jars[name or Path(source).name] = Path(source)
    install(Path(sys.argv[1]), jars)


if __name__ == "__main__":
    main()
