"""Which file a request means: one it carries, or one the server already has."""

from simulator.calls import Call
from simulator.files import Files, StoredFile
from simulator.refusals import bad


def stored(files: Files, call: Call, *, kind: str, named: str) -> StoredFile:
    """The file for a parameter: uploaded under its name, attached, or known by its id."""
    upload = call.uploads.get(named.removeprefix("attach://") if named else kind)
    if upload is None:
        return _known(files, kind, named)
    if not upload.data:
        raise bad("file must be non-empty")
    if kind == "photo":
        return files.keep_photo(upload.name, upload.data)
    return files.keep(upload.name, upload.data, mime=upload.mime)


def _known(files: Files, kind: str, named: str) -> StoredFile:
    if not named:
        raise bad(f"there is no {kind.replace('_', ' ')} in the request")
    if named.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    if found := files.find(named):
        return found
    raise bad("wrong file identifier/HTTP URL specified")
