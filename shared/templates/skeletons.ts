import type { SkeletonTemplate } from '../schema/shapes';

export interface SkeletonPreset {
  /** Kebab-case, never changes once shipped. */
  readonly id: string;
  readonly title: string;
  readonly skeleton: SkeletonTemplate;
}

/** The 17 keypoints and 19 edges of COCO's person, in COCO's order and under its names, so that exports keep both. */
export const COCO_PERSON: SkeletonTemplate = {
  joints: [
    { name: 'nose', x: 0.5, y: 0.1 },
    { name: 'left_eye', x: 0.57, y: 0.04 },
    { name: 'right_eye', x: 0.43, y: 0.04 },
    { name: 'left_ear', x: 0.66, y: 0.08 },
    { name: 'right_ear', x: 0.34, y: 0.08 },
    { name: 'left_shoulder', x: 0.7, y: 0.2 },
    { name: 'right_shoulder', x: 0.3, y: 0.2 },
    { name: 'left_elbow', x: 0.8, y: 0.36 },
    { name: 'right_elbow', x: 0.2, y: 0.36 },
    { name: 'left_wrist', x: 0.86, y: 0.52 },
    { name: 'right_wrist', x: 0.14, y: 0.52 },
    { name: 'left_hip', x: 0.62, y: 0.52 },
    { name: 'right_hip', x: 0.38, y: 0.52 },
    { name: 'left_knee', x: 0.64, y: 0.75 },
    { name: 'right_knee', x: 0.36, y: 0.75 },
    { name: 'left_ankle', x: 0.65, y: 0.98 },
    { name: 'right_ankle', x: 0.35, y: 0.98 },
  ],
  edges: [
    [15, 13],
    [13, 11],
    [16, 14],
    [14, 12],
    [11, 12],
    [5, 11],
    [6, 12],
    [5, 6],
    [5, 7],
    [6, 8],
    [7, 9],
    [8, 10],
    [1, 2],
    [0, 1],
    [0, 2],
    [1, 3],
    [2, 4],
    [3, 5],
    [4, 6],
  ],
};

/** The corners of the box around a vehicle: front face, rear face, and what joins them. */
const VEHICLE_CORNERS: SkeletonTemplate = {
  joints: [
    { name: 'front_top_left', x: 0.04, y: 0.3 },
    { name: 'front_top_right', x: 0.56, y: 0.3 },
    { name: 'front_bottom_right', x: 0.56, y: 0.96 },
    { name: 'front_bottom_left', x: 0.04, y: 0.96 },
    { name: 'rear_top_left', x: 0.44, y: 0.04 },
    { name: 'rear_top_right', x: 0.96, y: 0.04 },
    { name: 'rear_bottom_right', x: 0.96, y: 0.7 },
    { name: 'rear_bottom_left', x: 0.44, y: 0.7 },
  ],
  edges: [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
    [4, 5],
    [5, 6],
    [6, 7],
    [7, 4],
    [0, 4],
    [1, 5],
    [2, 6],
    [3, 7],
  ],
};

const ONE_JOINT: SkeletonTemplate = { joints: [{ name: 'joint 1', x: 0.5, y: 0.5 }], edges: [] };

export const SKELETON_PRESETS: readonly SkeletonPreset[] = [
  { id: 'coco-person', title: 'Person, 17 joints (COCO)', skeleton: COCO_PERSON },
  { id: 'vehicle-corners', title: 'Vehicle, 8 corners', skeleton: VEHICLE_CORNERS },
  { id: 'one-joint', title: 'One joint, to begin with', skeleton: ONE_JOINT },
];
