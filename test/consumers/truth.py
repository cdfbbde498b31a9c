"""What coco-val's label files say, read by nothing of ours: plain text, split at blanks."""

from pathlib import Path
import json
import re

from PIL import Image


def class_names(config):
    """Names by class number of a data.yaml with one `number: name` a line."""
    names = {}
    for line in Path(config).read_text(encoding="utf8").splitlines():
        found = re.match(r"\s+(\d+):\s*(.+?)\s*$", line)
        if found:
            names[int(found[1])] = found[2].strip("'\"")
    return names


def boxes(data):
    """Boxes by picture stem: sorted (label, x, y, width, height) in px."""
    names = class_names(data / "coco-val/object_detection/config.yaml")
    found = {}
    for file in sorted((data / "coco-val/object_detection/labels/val2017").glob("*.txt")):
        with Image.open(data / "coco-val/images/val2017" / f"{file.stem}.jpg") as picture:
            width, height = picture.size
        rows = []
        for line in file.read_text().split("\n"):
            if line.strip():
                number, cx, cy, w, h = line.split()
                w, h = float(w) * width, float(h) * height
                rows.append((names[int(number)], float(cx) * width - w / 2, float(cy) * height - h / 2, w, h))
        found[file.stem] = sorted(rows)
    return found


def polygon_count(data):
    """How many polygons the instance labels hold: one a line."""
    files = (data / "coco-val/instance_segmentation/labels/val2017").glob("*.txt")
    return sum(1 for file in files for line in file.read_text().split("\n") if line.strip())


def polygon_pictures(data):
    """How many pictures have instance labels."""
    return len(list((data / "coco-val/instance_segmentation/labels/val2017").glob("*.txt")))


def values_of_masks(data):
    """How many different values the class masks hold, picture by picture, background included."""
    files = (data / "coco-val/semantic_segmentation/masks").rglob("*.png")
    return sum(len(set(Image.open(file).tobytes())) for file in files)


def tracked_people(data):
    """Boxes of the MOT example by 1-based frame: sorted (track, left, top, width, height)."""
    found = {}
    for file in sorted((data / "video-pets").rglob("gt.txt")):
        for line in file.read_text().split("\n"):
            if line.strip():
                frame, track, left, top, width, height = line.split(",")[:6]
                row = (int(float(track)), float(left), float(top), float(width), float(height))
                found.setdefault(int(float(frame)), []).append(row)
    return {frame: sorted(rows) for frame, rows in found.items()}


def panoptic_segments(data):
    """How many segments the panoptic labels hold, by picture stem."""
    file = data / "coco-val/panoptic_segmentation/annotations/panoptic_val2017.json"
    whole = json.loads(file.read_text())
    return {Path(one["file_name"]).stem: len(one["segments_info"]) for one in whole["annotations"]}


def compared(read, expected):
    """Number of boxes read and expected, and the largest difference of a coordinate in px; None when they do not pair."""
    counts = {"read": sum(map(len, read.values())), "expected": sum(map(len, expected.values()))}
    largest = 0.0
    for stem, wanted in expected.items():
        got = sorted(read.get(stem, []))
        if len(got) != len(wanted):
            return {**counts, "largestDifferenceInPx": None}
        left = list(got)
        for label, *box in wanted:
            same = [one for one in left if one[0] == label]
            if not same:
                return {**counts, "largestDifferenceInPx": None}
            nearest = min(same, key=lambda one: max(abs(a - b) for a, b in zip(one[1:], box)))
            largest = max(largest, max(abs(a - b) for a, b in zip(nearest[1:], box)))
            left.remove(nearest)
    return {**counts, "largestDifferenceInPx": largest}
