/** Names under which the common driving and detection datasets know the same thing. Each row is one thing. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['pedestrian', 'person', 'people', 'walker'],
  ['rider', 'cyclist', 'motorcyclist', 'bicyclist', 'personsitting'],
  ['motorcycle', 'motorbike', 'motor'],
  ['bicycle', 'bike', 'cycle'],
  ['car', 'automobile', 'sedan'],
  ['truck', 'lorry'],
  ['bus', 'coach'],
  ['train', 'tram'],
  ['trafficlight', 'trafficsignal', 'signal'],
  ['trafficsign', 'sign', 'roadsign'],
  ['roadboundary', 'kerb', 'curb', 'roadedge'],
  ['airplane', 'aeroplane', 'plane'],
  ['couch', 'sofa'],
  ['tv', 'tvmonitor', 'television'],
  ['pottedplant', 'plant'],
  ['diningtable', 'table'],
  ['cellphone', 'mobilephone', 'phone'],
  ['donut', 'doughnut'],
  ['hairdrier', 'hairdryer'],
];

const rowByName = new Map(SYNONYMS.flatMap((row) => row.map((name) => [name, row] as const)));

/** A class name without case, spaces, hyphens and underscores, so that `Traffic_Light` and `traffic light` are one. */
export function normalizedClassName(name: string): string {
  return name.toLowerCase().replace(/[\s_\-./]+/g, '');
}

/** Every normalized name that means the same, the given one first. */
export function synonymsOf(name: string): readonly string[] {
  const normalized = normalizedClassName(name);
  return [normalized, ...(rowByName.get(normalized) ?? []).filter((other) => other !== normalized)];
}
