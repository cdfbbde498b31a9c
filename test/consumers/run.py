"""Lets other projects' readers read the exports; prints one JSON list of what they read.

Usage: run.py DATA EXPORTS PYTHON_OF_SCALABEL
"""

import importlib.metadata
import io
import json
import sys
import tempfile
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import readers
import truth

data, exports, python_of_scalabel = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
results = []
# Not in this environment.
VERSIONS = {"scalabel": "0.3.1"}

# The largest difference that a format's own way of writing numbers allows, in px.
EXACT, HUNDREDTH, PIXEL = 1e-3, 0.0051, 1.0


def check(format_id, consumer, look):
    """`look` gives (passed, words)."""
    package = consumer.split(" ")[0]
    quiet = io.StringIO()
    try:
        with redirect_stdout(quiet), redirect_stderr(quiet):
            passed, says = look()
    except Exception as error:  # noqa: BLE001 - whatever a reader raises is what it says
        passed, says = False, f"{type(error).__name__}: {str(error)[:300]}"
        print(traceback.format_exc()[-1500:], file=sys.stderr)
    results.append(
        {
            "format": format_id,
            "consumer": consumer,
            "version": VERSIONS.get(package) or importlib.metadata.version(package),
            "passed": bool(passed),
            "says": says,
        }
    )


def without_blanks(found):
    """KITTI's columns are parted by blanks, so that names have underscores for theirs."""
    return {stem: [(label.replace(" ", "_"), *box) for label, *box in rows] for stem, rows in found.items()}


def boxes(read, tolerance, expected=None):
    figures = truth.compared(read, truth.boxes(data) if expected is None else expected)
    largest = figures["largestDifferenceInPx"]
    words = f"{figures['read']} of {figures['expected']} boxes"
    words += ", which do not pair" if largest is None else f", at most {largest:.2g} px apart"
    return largest is not None and largest <= tolerance, words


def counted(read, expected, what):
    return read == expected, f"{read} of {expected} {what}"


def self_evaluated(folder):
    """COCO's own evaluation of the export against itself must find everything."""
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    [file] = (folder / "annotations").glob("*.json")
    ground_truth = COCO(str(file))
    found = [{**one, "score": 1.0} for one in ground_truth.loadAnns(ground_truth.getAnnIds())]
    # COCOeval looks at 100 detections a picture, as the benchmark does.
    evaluation = COCOeval(ground_truth, ground_truth.loadRes(found), "bbox")
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    return evaluation.stats[0] > 0.999, f"AP {evaluation.stats[0]:.3f} of the export against itself"


def masks_measured(folder):
    """annToMask of every polygon or RLE has the area that the file says."""
    from pycocotools.coco import COCO

    [file] = (folder / "annotations").glob("*.json")
    coco = COCO(str(file))
    annotations = coco.loadAnns(coco.getAnnIds())
    # A polygon's area and its pixels differ by its border: half a pixel along it at most.
    far = 0
    for one in annotations:
        pixels = int(coco.annToMask(one).sum())
        border = sum(len(ring) for ring in one["segmentation"]) if isinstance(one["segmentation"], list) else 0
        if abs(pixels - one["area"]) > max(8.0, 0.1 * one["area"], border * 4.0):
            far += 1
    expected = truth.polygon_count(data)
    return len(annotations) == expected and far == 0, f"{len(annotations)} of {expected} masks, {far} of another area"


def checked_by_ultralytics(name, pictures, labels):
    found = readers.with_ultralytics(here[name])
    passed = found == {"pictures": pictures, "labels": labels, "missing": 0, "corrupt": 0}
    return passed, f"{found['labels']} of {labels} labels in {found['pictures']} pictures, {found['corrupt']} corrupt"


def as_mot(read):
    return boxes({str(frame): rows for frame, rows in read.items()}, EXACT, {str(f): r for f, r in truth.tracked_people(data).items()})


here = {path.name: path for path in exports.iterdir()}

BOXES = [
    ("coco", "pycocotools", "coco-boxes", lambda at: readers.with_pycocotools(at), EXACT),
    ("coco", "datumaro", "coco-boxes", lambda at: readers.with_datumaro(at, "coco"), HUNDREDTH),
    ("coco", "supervision", "coco-boxes", lambda at: readers.with_supervision(at, "coco"), EXACT),
    ("yolo", "supervision", "yolo-boxes", lambda at: readers.with_supervision(at, "yolo"), EXACT),
    ("yolo", "datumaro (Darknet layout)", "yolo-darknet", lambda at: readers.with_datumaro(at, "yolo"), HUNDREDTH),
    # VOC's own integers: each edge is rounded to a whole pixel.
    ("voc", "datumaro", "voc-boxes", lambda at: readers.with_datumaro(at, "voc_detection"), PIXEL + 1),
    ("voc", "supervision", "voc-boxes", lambda at: readers.with_supervision(at, "voc"), PIXEL + 1),
    ("kitti", "datumaro", "kitti-boxes", lambda at: readers.with_datumaro(at, "kitti_detection"), HUNDREDTH * 2),
    ("bdd100k", "scalabel", "bdd100k-boxes", lambda at: readers.with_scalabel(at, python_of_scalabel), EXACT),
    ("cvat", "datumaro", "cvat-boxes", lambda at: readers.with_datumaro(at, "cvat"), HUNDREDTH * 2),
    ("datumaro", "datumaro", "datumaro-boxes", lambda at: readers.with_datumaro(at, "datumaro"), HUNDREDTH),
    ("labelme", "labelme", "labelme-boxes", readers.with_labelme, EXACT),
    ("xanylabeling", "labelme (the same files but for its own fields)", "xanylabeling-boxes", readers.with_labelme, EXACT),
    ("createml", "datumaro (which takes centres for corners; put right)", "createml-boxes", lambda at: readers.with_datumaro_corners(at, "roboflow_create_ml"), HUNDREDTH * 3),
    ("open-images", "datumaro", "open-images-boxes", lambda at: readers.with_datumaro(at, "open_images"), HUNDREDTH),
    ("vott", "datumaro", "vott-boxes", lambda at: readers.with_datumaro(at, "vott_json"), HUNDREDTH),
    ("tfrecord", "tfrecord", "tfrecord-boxes", readers.with_tfrecord, EXACT),
    ("csv", "pandas", "csv-boxes", readers.with_pandas, EXACT),
    ("parquet", "pyarrow", "parquet-boxes", readers.with_pyarrow, EXACT),
    ("webdataset", "webdataset", "webdataset-boxes", readers.with_webdataset, EXACT),
]
for format_id, consumer, name, read, tolerance in BOXES:
    expected = without_blanks(truth.boxes(data)) if format_id == "kitti" else truth.boxes(data)
    check(
        format_id,
        consumer,
        lambda read=read, name=name, tolerance=tolerance, expected=expected: boxes(read(here[name]), tolerance, expected),
    )

with tempfile.TemporaryDirectory() as place:
    check(
        "label-studio",
        "label-studio-sdk (its converter)",
        lambda: boxes(readers.with_label_studio(here["label-studio-boxes"], Path(place)), HUNDREDTH * 2),
    )

check("coco", "pycocotools (COCOeval)", lambda: self_evaluated(here["coco-boxes"]))
check("coco", "pycocotools (annToMask)", lambda: masks_measured(here["coco-polygons"]))
with redirect_stdout(io.StringIO()):
    polygons = readers.rings_with_pycocotools(here["coco-polygons"])
check("labelme", "labelme (polygons)", lambda: counted(sum(map(len, readers.with_labelme(here["labelme-polygons"]).values())), polygons, "polygons"))
for format_id in ("cvat", "datumaro"):
    check(
        format_id,
        "datumaro (polygons)",
        lambda name=format_id: counted(readers.datumaro_counts(here[f"{name}-polygons"], name).get("polygon"), polygons, "polygons"),
    )
pictures = len(truth.boxes(data))
check(
    "yolo",
    "ultralytics (its dataset checks)",
    lambda: checked_by_ultralytics("yolo-boxes", pictures, sum(map(len, truth.boxes(data).values()))),
)
check(
    "yolo",
    "ultralytics (segmentation)",
    lambda: checked_by_ultralytics("yolo-polygons", truth.polygon_pictures(data), truth.polygon_count(data)),
)
check("cityscapes", "cityscapesscripts", lambda: counted(readers.with_cityscapes_scripts(here["cityscapes-polygons"]), polygons, "objects"))
segments = sum(truth.panoptic_segments(data).values())
check("coco-panoptic", "datumaro", lambda: counted(readers.datumaro_counts(here["panoptic"], "coco_panoptic").get("mask"), segments, "segments"))
check("mot", "motmetrics", lambda: as_mot(readers.with_motmetrics(here["mot"])))
check(
    "masks",
    "datumaro",
    lambda: counted(
        readers.datumaro_counts(here["masks"], "common_semantic_segmentation").get("mask"),
        truth.values_of_masks(data),
        "masks, background included",
    ),
)
with tempfile.TemporaryDirectory() as flat:
    check(
        "dota",
        "datumaro",
        lambda: counted(
            sum(readers.dota_counts_of_flat(here["dota-boxes"], Path(flat)).values()),
            sum(map(len, truth.boxes(data).values())),
            "boxes",
        ),
    )
people = sum(map(len, truth.tracked_people(data).values()))
check("mot", "datumaro", lambda: counted(readers.datumaro_counts(here["mot"], "mot_seq").get("bbox"), people, "boxes"))
check("cvat-video", "datumaro", lambda: counted(readers.datumaro_counts(here["cvat-video"], "cvat").get("bbox"), people, "boxes"))

print(json.dumps(results))
