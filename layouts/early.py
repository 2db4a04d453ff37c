"""The one script that runs before a page is drawn, so that nothing appears and goes.

It tells the styles whether this browser has put the first notice away.
"""

from base64 import b64encode
from hashlib import sha256
from typing import Final

SCRIPT: Final = (
    "try{if(localStorage.readFirst)document.documentElement.dataset.readFirst=''}catch{}"
)
HASH: Final = f"'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'"
"""What the content policy lets run: these words and no others."""
