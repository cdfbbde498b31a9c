"""Lets pycocotools evaluate detections that are drawn by a fixed seed.

Usage: coco_evaluation.py FIXTURE [--write]      writes what was drawn and what COCOeval says of it, or compares with what
                                                 stands there; prints one line a case
       coco_evaluation.py FILE --data DATA       the same of detections near the boxes of coco-val, written to FILE
"""

import contextlib
import io
import json
import random
import sys
from pathlib import Path

import numpy
from pycocotools import mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

WIDTH, HEIGHT = 640, 480
JOINTS = (
    "nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder left_elbow right_elbow left_wrist right_wrist "
    "left_hip right_hip left_knee right_knee left_ankle right_ankle"
).split()
# Of the last there is no ground truth, of the one before no detection.
LABELS = ["car", "dog", "kite", "lamp", "sofa"]


def box(draw, longest):
    width, height = draw.uniform(6, longest), draw.uniform(6, longest)
    return [draw.uniform(0, WIDTH - width), draw.uniform(0, HEIGHT - height), width, height]


def moved(draw, place, by):
    x, y, width, height = place
    off = lambda length: draw.gauss(0, by) * length
    return [x + off(width), y + off(height), max(2, width + off(width)), max(2, height + off(height))]


def rounded(values):
    return [round(value, 2) for value in values]


def ellipse(place):
    """The pixels of the ellipse in a box."""
    x, y, width, height = place
    rows, columns = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    inside = ((columns + 0.5 - x - width / 2) / (width / 2)) ** 2 + ((rows + 0.5 - y - height / 2) / (height / 2)) ** 2 <= 1
    encoded = mask.encode(numpy.asfortranarray(inside.astype(numpy.uint8)))
    return {"size": encoded["size"], "counts": encoded["counts"].decode()}


def joints(draw, place, spread):
    """Joints anywhere in a box, and the same a little off."""
    x, y, width, height = place
    truth, found = [], []
    for _ in JOINTS:
        at = (x + draw.random() * width, y + draw.random() * height)
        truth += [round(at[0], 1), round(at[1], 1), draw.choice([0, 1, 2, 2])]
        found += [round(at[0] + draw.gauss(0, spread) * width, 1), round(at[1] + draw.gauss(0, spread) * height, 1), 2]
    return truth, found


def drawn(kind, seed, pictures):
    draw = random.Random(seed)
    annotations, detections = [], []
    for image in range(1, pictures + 1):
        # Some pictures have nothing, some only detections or only ground truth.
        for _ in range(draw.choice([0, 1, 3, 5])):
            label = draw.choice([1, 1, 2, 3, 4]) if kind != "keypoints" else 1
            place = rounded(box(draw, draw.choice([30, 90, 260])))
            truth = {"id": len(annotations) + 1, "image_id": image, "category_id": label, "iscrowd": 0, "bbox": place}
            truth["area"] = round(place[2] * place[3] * draw.choice([1, 0.6]), 2)
            if draw.random() < 0.12:
                truth["iscrowd"] = 1
            found = {}
            if kind == "segm":
                truth["segmentation"] = ellipse(place)
                truth["area"] = int(mask.area(truth["segmentation"]))
            if kind == "keypoints":
                truth["keypoints"], found["keypoints"] = joints(draw, place, draw.choice([0.01, 0.04, 0.2]))
                if draw.random() < 0.1:
                    truth["keypoints"] = [0] * (3 * len(JOINTS))
                truth["num_keypoints"] = sum(1 for value in truth["keypoints"][2::3] if value > 0)
            annotations.append(truth)
            if label == 4:
                continue
            # Found never, once or several times; scores of two digits make ties.
            for _ in range(draw.choice([0, 1, 1, 1, 3])):
                near = rounded(moved(draw, place, draw.choice([0, 0.02, 0.08, 0.2])))
                other = draw.choice([1, 2, 3]) if kind != "keypoints" and draw.random() < 0.1 else label
                one = {"image_id": image, "category_id": other, "score": round(draw.random(), 2), **found}
                if kind == "bbox":
                    one["bbox"] = near
                if kind == "segm":
                    one["segmentation"] = ellipse(near)
                detections.append(one)
        for _ in range(draw.choice([0, 0, 2])):
            one = {"image_id": image, "category_id": 1, "score": round(draw.random() * 0.7, 2)}
            if kind != "keypoints":
                one["category_id"] = draw.choice([1, 2, 3, 5])
            place = rounded(box(draw, 120))
            one["bbox" if kind == "bbox" else "segmentation" if kind == "segm" else "keypoints"] = (
                place if kind == "bbox" else ellipse(place) if kind == "segm" else joints(draw, place, 0)[1]
            )
            detections.append(one)
    if kind == "bbox":
        # More than COCO looks at, in one picture.
        for _ in range(120):
            detections.append(
                {"image_id": 1, "category_id": 1, "score": round(draw.random(), 2), "bbox": rounded(box(draw, 50))}
            )
        # Areas on the edges of the ranges belong to both.
        for side in (32, 96):
            place = [10, 10, side, side]
            annotations.append(
                {"id": len(annotations) + 1, "image_id": 2, "category_id": 2, "iscrowd": 0, "bbox": place, "area": side**2}
            )
            detections.append({"image_id": 2, "category_id": 2, "score": 0.5, "bbox": place})
    categories = [{"id": number + 1, "name": name} for number, name in enumerate(LABELS)]
    if kind == "keypoints":
        categories = [{"id": 1, "name": "person", "keypoints": JOINTS}]
    images = [{"id": image, "width": WIDTH, "height": HEIGHT} for image in range(1, pictures + 1)]
    return {"images": images, "categories": categories, "annotations": annotations}, detections


def evaluated(kind, truth, detections):
    """COCOeval's stats; it writes into what it is given, so it is given copies."""
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = json.loads(json.dumps(truth))
        coco.createIndex()
        evaluation = COCOeval(coco, coco.loadRes(json.loads(json.dumps(detections))), kind)
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return [float(value) for value in evaluation.stats]


def cases():
    for kind, seed, pictures in [("bbox", 1, 60), ("bbox", 2, 25), ("segm", 3, 25), ("keypoints", 4, 40)]:
        truth, detections = drawn(kind, seed, pictures)
        yield {
            "name": f"{kind} of seed {seed}",
            "kind": kind,
            "stats": evaluated(kind, truth, detections),
            "groundTruth": truth,
            "detections": detections,
        }


def of_coco_val(data):
    """Detections near the boxes of coco-val, and how COCOeval finds them."""
    import truth as labels

    draw = random.Random(5)
    boxes = labels.boxes(data)
    names = sorted({name for rows in boxes.values() for name, *_ in rows})
    annotations, detections = [], []
    for image, stem in enumerate(sorted(boxes), start=1):
        for name, *place in boxes[stem]:
            label = names.index(name) + 1
            one = {"id": len(annotations) + 1, "image_id": image, "category_id": label, "iscrowd": 0, "bbox": place}
            annotations.append({**one, "area": place[2] * place[3]})
            for _ in range(draw.choice([0, 1, 1, 1, 2])):
                near = moved(draw, place, draw.choice([0.01, 0.05, 0.15]))
                other = draw.randint(1, len(names)) if draw.random() < 0.1 else label
                detections.append(
                    {"image_id": image, "category_id": other, "score": round(draw.random(), 3), "bbox": near}
                )
    truth = {
        "images": [{"id": image} for image in range(1, len(boxes) + 1)],
        "categories": [{"id": number + 1, "name": name} for number, name in enumerate(names)],
        "annotations": annotations,
    }
    stats = evaluated("bbox", truth, detections)
    return {"name": "coco-val", "kind": "bbox", "stats": stats, "groundTruth": truth, "detections": detections}


if __name__ == "__main__":
    fixture = Path(sys.argv[1])
    if "--data" in sys.argv:
        fixture.write_text(json.dumps(of_coco_val(Path(sys.argv[3]))))
        print(f"ok     COCOeval of detections near coco-val written to {fixture}")
        sys.exit(0)
    made = list(cases())
    if "--write" in sys.argv:
        fixture.parent.mkdir(parents=True, exist_ok=True)
        fixture.write_text("".join(json.dumps(case, separators=(",", ":")) + "\n" for case in made))
    standing = [json.loads(line) for line in fixture.read_text().splitlines()]
    failed = 0
    for now, then in zip(made, standing, strict=True):
        far = max(abs(a - b) for a, b in zip(now["stats"], then["stats"], strict=True))
        same = all(now[part] == then[part] for part in ("kind", "groundTruth", "detections"))
        passed = same and far <= 1e-9
        failed += not passed
        print(f"{'ok    ' if passed else 'FAILED'} COCOeval {now['name']}: stats at most {far:.2g} from the fixture")
    sys.exit(1 if failed else 0)
