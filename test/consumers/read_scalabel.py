"""Reads a folder of BDD100K frames by Scalabel's own loader; prints {stem: [[label, x, y, width, height]]} as JSON."""

import json
import sys
from collections import defaultdict
from pathlib import Path

from scalabel.label.io import load

read = defaultdict(list)
for file in sorted(Path(sys.argv[1]).rglob("*.json")):
    for frame in load(str(file), validate_frames=True).frames:
        for label in frame.labels or []:
            box = label.box2d
            read[Path(frame.name).stem].append([label.category, box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1])
print(json.dumps(read))
