"""How the readers of other projects read boxes: each gives {picture stem: [(label, x, y, width, height) in px]}."""

import json
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path


def with_pycocotools(folder):
    from pycocotools.coco import COCO

    read = defaultdict(list)
    for file in sorted((folder / "annotations").glob("*.json")):
        coco = COCO(str(file))
        for annotation in coco.loadAnns(coco.getAnnIds()):
            image = coco.loadImgs(annotation["image_id"])[0]
            label = coco.loadCats(annotation["category_id"])[0]["name"]
            read[Path(image["file_name"]).stem].append((label, *annotation["bbox"]))
    return read


def with_datumaro(folder, name):
    from datumaro.components.annotation import AnnotationType
    from datumaro.components.dataset import Dataset

    dataset = Dataset.import_from(str(folder), name)
    labels = dataset.categories()[AnnotationType.label]
    read = defaultdict(list)
    for item in dataset:
        for annotation in item.annotations:
            if annotation.type == AnnotationType.bbox:
                box = (annotation.x, annotation.y, annotation.w, annotation.h)
                read[Path(item.id).name].append((labels[annotation.label].name, *box))
    return read


def with_datumaro_corners(folder, name):
    """The same where datumaro takes a box's centre for its corner."""
    return {
        stem: [(label, x - w / 2, y - h / 2, w, h) for label, x, y, w, h in rows]
        for stem, rows in with_datumaro(folder, name).items()
    }


def rings_with_pycocotools(folder):
    """How many outlines the COCO export holds: an object seen in pieces has several."""
    from pycocotools.coco import COCO

    [file] = (folder / "annotations").glob("*.json")
    coco = COCO(str(file))
    return sum(len(one["segmentation"]) for one in coco.loadAnns(coco.getAnnIds()))


def datumaro_counts(folder, name):
    """Annotations by type, for formats that hold no boxes."""
    from datumaro.components.dataset import Dataset

    counts = defaultdict(int)
    for item in Dataset.import_from(str(folder), name):
        for annotation in item.annotations:
            counts[annotation.type.name] += 1
    return dict(counts)


def dota_counts_of_flat(folder, place):
    """Datumaro takes label files of one folder alone; ours lie as deep as the pictures' names do."""
    for split in ("train", "val", "test"):
        for file in (folder / split / "labelTxt").rglob("*.txt"):
            labels, images = place / split / "labelTxt", place / split / "images"
            labels.mkdir(parents=True, exist_ok=True)
            images.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, labels / file.name)
            [picture] = (folder / split / "images").rglob(f"{file.stem}.*")
            shutil.copy(picture, images / picture.name)
    return datumaro_counts(place, "dota")


def _of_supervision(dataset):
    read = defaultdict(list)
    for path, _, detections in dataset:
        for (x1, y1, x2, y2), number in zip(detections.xyxy.tolist(), detections.class_id.tolist()):
            read[Path(path).stem].append((dataset.classes[number], x1, y1, x2 - x1, y2 - y1))
    return read


def with_supervision(folder, kind):
    import supervision as sv

    if kind == "coco":
        [file] = (folder / "annotations").glob("*.json")
        return _of_supervision(sv.DetectionDataset.from_coco(str(folder / "images"), str(file)))
    if kind == "yolo":
        [labels] = [path for path in (folder / "labels").rglob("*") if path.is_dir() and list(path.glob("*.txt"))] or [folder / "labels"]
        images = folder / "images" / labels.relative_to(folder / "labels")
        return _of_supervision(sv.DetectionDataset.from_yolo(str(images), str(labels), str(folder / "data.yaml")))
    annotations = next((folder / "Annotations").rglob("*.xml")).parent
    images = folder / "JPEGImages" / annotations.relative_to(folder / "Annotations")
    return _of_supervision(sv.DetectionDataset.from_pascal_voc(str(images), str(annotations)))


def with_scalabel(folder, python):
    """In an environment of its own; see requirements-scalabel.txt."""
    script = Path(__file__).with_name("read_scalabel.py")
    done = subprocess.run([python, str(script), str(folder)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return {stem: [tuple(row) for row in rows] for stem, rows in json.loads(done.stdout).items()}


def with_ultralytics(folder):
    """What its dataset checks find, in a process of their own: torch is stood in for there."""
    script = Path(__file__).with_name("read_ultralytics.py")
    done = subprocess.run([sys.executable, str(script), str(folder)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return json.loads(done.stdout.strip().splitlines()[-1])


def with_labelme(folder):
    from labelme._label_file import LabelFile

    read = defaultdict(list)
    for file in sorted(folder.rglob("*.json")):
        for shape in LabelFile(str(file)).shapes:
            xs, ys = [point[0] for point in shape["points"]], [point[1] for point in shape["points"]]
            box = (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
            read[file.stem].append((shape["label"], *box))
    return read


def with_label_studio(folder, place):
    """Label Studio's own converter turns its JSON into COCO, which is read as plain JSON."""
    from label_studio_sdk.converter import Converter

    [config] = folder.rglob("*.xml")
    [tasks] = [file for file in folder.rglob("*.json")]
    Converter(str(config), str(folder)).convert_to_coco(str(tasks), str(place), output_image_dir=str(place / "images"), is_dir=False)
    whole = json.loads((place / "result.json").read_text())
    names = {one["id"]: one["name"] for one in whole["categories"]}
    stems = {one["id"]: Path(one["file_name"]).stem for one in whole["images"]}
    read = defaultdict(list)
    for annotation in whole["annotations"]:
        read[stems[annotation["image_id"]]].append((names[annotation["category_id"]], *annotation["bbox"]))
    return read


def with_tfrecord(folder):
    from tfrecord.reader import tfrecord_loader

    read = defaultdict(list)
    for file in sorted(folder.rglob("*.tfrecord*")):
        for one in tfrecord_loader(str(file), None, None):
            width, height = int(one["image/width"][0]), int(one["image/height"][0])
            name = bytes(one["image/filename"]).decode()
            texts = one.get("image/object/class/text", [])
            texts = [texts] if isinstance(texts, (bytes, bytearray)) or getattr(texts, "dtype", None) == "uint8" else texts
            corners = (one.get(f"image/object/bbox/{side}", []) for side in ("xmin", "ymin", "xmax", "ymax"))
            for text, x1, y1, x2, y2 in zip(texts, *corners):
                box = (float(x1) * width, float(y1) * height, float(x2 - x1) * width, float(y2 - y1) * height)
                read[Path(name).stem].append((bytes(text).decode(), *box))
    return read


def with_motmetrics(folder):
    """Boxes by frame: (track, left, top, width, height)."""
    import motmetrics

    read = defaultdict(list)
    for file in sorted(folder.rglob("gt.txt")):
        table = motmetrics.io.loadtxt(str(file), fmt="mot15-2D")
        for (frame, track), row in table.iterrows():
            # motmetrics takes one px off, as MATLAB counts from 1.
            read[frame].append((track, row["X"] + 1, row["Y"] + 1, row["Width"], row["Height"]))
    return read


def with_pandas(folder):
    import pandas

    read = defaultdict(list)
    for file in sorted(folder.rglob("*.csv")):
        table = pandas.read_csv(file)
        if "shape" not in table:
            continue
        for row in table[table["shape"] == "box"].itertuples():
            read[Path(row.image).stem].append((row.label, row.x, row.y, row.width, row.height))
    return read


def with_pyarrow(folder):
    import pyarrow.parquet

    read = defaultdict(list)
    [file] = folder.rglob("annotations.parquet")
    for row in pyarrow.parquet.read_table(file).to_pylist():
        if row["shape_type"] == "box":
            read[Path(row["image_key"]).stem].append((row["label_name"], row["x"], row["y"], row["width"], row["height"]))
    return read


def with_webdataset(folder):
    import webdataset

    read = defaultdict(list)
    names = {one["class_index"]: one["name"] for one in json.loads((folder / "dataset.json").read_text())["labels"]}
    shards = sorted(str(file) for file in folder.rglob("*.tar"))
    for sample in webdataset.WebDataset(shards, shardshuffle=False):
        record = json.loads(sample["json"])
        for annotation in record["annotations"]:
            shape = annotation["shape"]
            box = (names[annotation["class_index"]], shape["x"], shape["y"], shape["width"], shape["height"])
            read[Path(record["key"]).stem].append(box)
    return read


def with_cityscapes_scripts(folder):
    """Objects by city scene, read by the benchmark's own class."""
    from cityscapesscripts.helpers.annotation import Annotation

    counts = 0
    for file in sorted(folder.rglob("*_gtFine_polygons.json")):
        annotation = Annotation()
        annotation.fromJsonFile(str(file))
        counts += len(annotation.objects)
    return counts
