"""Lets Ultralytics check a dataset as it does before training; prints {pictures, labels, missing, corrupt} as JSON."""

import contextlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path

os.environ["YOLO_CONFIG_DIR"] = tempfile.mkdtemp()
os.environ["YOLO_OFFLINE"] = "true"

import without_torch  # noqa: E402, F401 - must come first

with contextlib.redirect_stdout(io.StringIO()):
    from ultralytics.data import utils

    data = utils.check_det_dataset(str(Path(sys.argv[1]) / "data.yaml"), autodownload=False)
    listed = Path(data["val"])
    pictures = [str((listed.parent / line.strip()).resolve()) for line in listed.read_text().splitlines() if line.strip()]
    figures = {"pictures": 0, "labels": 0, "missing": 0, "corrupt": 0}
    for picture, label in zip(pictures, utils.img2label_paths(pictures)):
        checked = utils.verify_image_label((picture, label, "", False, data["nc"], 0, 0, False))
        if checked[0] is None:
            figures["corrupt"] += 1
        else:
            figures["pictures"] += 1
            figures["labels"] += len(checked[1])
            figures["missing"] += checked[5]
print(json.dumps(figures))
