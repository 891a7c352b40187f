"""Files of municipalities: checked, brought in, and listed with whether they are served."""

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.municipality.towns import Municipality, MunicipalityError, load_municipality
from bot.store.store import Store
from bot.store.whose import Across

# It stands in addresses and in every row of the municipality.
_SLUG = re.compile(r"[a-z0-9-]{2,40}")


def checked(files: Iterable[Path]) -> Iterator[str]:
    """A line about each that can be used. Raises MunicipalityError with all that is wrong in the others."""
    faults = []
    for file in _single(files):
        try:
            town = _checked(file)
        except MunicipalityError as error:
            faults.append(str(error))
        else:
            yield f"{file}: {town.name}, {len(town.agents)} boligagenter{', invented' if town.invented else ''}"
    if faults:
        raise MunicipalityError("\n".join(faults))


def brought_in(town: str, folder: Path, *, production: bool) -> str:
    """The slug of a municipality whose file lies in `folder`; one that is named by its path is copied there first.

    Raises MunicipalityError for a file that cannot be used, and for one that would be written over. An invented town is
    not brought into production: the next start would show its pages.
    """
    file = Path(town)
    if file.suffix != ".yml":
        return town
    if _checked(file).invented and production:
        raise MunicipalityError(f"{file}: is invented, and the demo is not for production")
    target = folder / file.name
    if not (target.exists() and target.samefile(file)):
        if target.exists():
            raise MunicipalityError(f"{target} is there already; what has changed is changed in that file")
        _copied(file, target)
    return file.stem


def listed(store: Store, towns: Mapping[str, Municipality]) -> list[str]:
    """A line for each file, and for each municipality that is served without one."""
    with store.read(Across("which municipalities are served")) as work:
        served = set(work.people.municipalities())
    lines = [
        f"{slug}: {town.name}{', invented' if town.invented else ''}, {'served' if slug in served else 'not served'}"
        for slug, town in towns.items()
    ]
    return lines + [f"{slug}: is served and has no file any more" for slug in sorted(served - towns.keys())]


def _copied(file: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    except OSError as error:
        raise MunicipalityError(f"{target}: could not be written ({error.strerror})") from error


def _checked(file: Path) -> Municipality:
    if not file.is_file():
        raise MunicipalityError(f"{file}: there is no such file")
    if not _SLUG.fullmatch(file.stem) or file.suffix != ".yml":
        raise MunicipalityError(f"{file}: is called by 2 to 40 small letters (a-z), digits and hyphens, and .yml")
    return load_municipality(file)


def _single(files: Iterable[Path]) -> Iterator[Path]:
    for file in files:
        found = sorted(file.glob("*.yml")) if file.is_dir() else [file]
        if not found:
            raise MunicipalityError(f"{file}: has no file that ends in .yml")
        yield from found
