"""How the Python client's own grammar parses addresses: JSON list in, JSON list out.

Only its look-ups over the network are left out: every host counts as an archive, and addresses that would
have to be requested for a redirect are refused.
"""

import json
import sys

from dandi import dandiarchive
from dandi.consts import DandiInstance, known_instances


def instance_of(server):
    if server in known_instances:
        return known_instances[server]
    return DandiInstance(name="here", gui=server, api=server.rstrip("/") + "/api")


def refuse(url):
    raise dandiarchive.UnknownURLError(f"would be asked for a redirect: {url}")


dandiarchive.get_instance = instance_of
dandiarchive._dandi_url_parser.follow_redirect = staticmethod(refuse)


def verdict(url):
    try:
        found = dandiarchive.parse_dandi_url(url)
    except Exception as error:
        return {"error": str(error).splitlines()[0]}
    return {
        "kind": type(found).__name__,
        "dandiset": found.dandiset_id,
        "version": found.version_id,
        "path": getattr(found, "path", None),
    }


json.dump([verdict(url) for url in json.load(sys.stdin)], sys.stdout)
