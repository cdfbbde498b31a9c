/**
 * The classes of MOT16, MOT17 and MOT20 by number from 1, as MOTChallenge's evaluation kit (TrackEval) calls them; a
 * dataset with other classes has a `labels.txt`, one name a line.
 */
export const MOT_CHALLENGE_CLASSES: readonly string[] = [
  'pedestrian',
  'person_on_vehicle',
  'car',
  'bicycle',
  'motorbike',
  'non_mot_vehicle',
  'static_person',
  'distractor',
  'occluder',
  'occluder_on_grnd',
  'occluder_full',
  'reflection',
];

/** What MOT20 adds, for crowds. */
export const MOT20_CROWD = 'crowd';

/** The one class of MOT15, whose rows name none. */
export const MOT15_CLASS = 'pedestrian';
