"""The few words of script that run before a page is drawn: so that nothing appears and goes.

They tell the styles that scripts run, and whether this browser has put the first notice away.
"""

from base64 import b64encode
from hashlib import sha256
from typing import Final

SCRIPT: Final = (
    "{const d=document.documentElement.dataset;d.scripts='';"
    "try{if(localStorage.readFirst)d.readFirst=''}catch{}}"
)
HASH: Final = f"'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'"
"""What the content policy lets run: these words and no others."""
