import { coco80 } from './coco-80';
import { empty } from './empty';
import { roadScene } from './road-scene';

/** The label schemas a new project may start from, in the order they are offered. */
export const SCHEMA_TEMPLATES = {
  'road-scene': roadScene,
  'coco-80': coco80,
  empty,
} as const;

export type SchemaTemplateId = keyof typeof SCHEMA_TEMPLATES;
