import type { LabelTemplate, SchemaTemplate } from './label-template';
import { COCO_PERSON } from './skeletons';

type AttributeTemplate = NonNullable<LabelTemplate['attributes']>[number];

function select(name: string, options: readonly string[], description: string): AttributeTemplate {
  return { kind: 'select', name, options: [...options], defaultValue: null, isRequired: false, description };
}

function checkbox(name: string, description: string): AttributeTemplate {
  return { kind: 'checkbox', name, defaultValue: null, isRequired: false, description };
}

const parked = checkbox('parked', 'Stands by the road with nobody about to drive it.');

// Occluded and truncated are not listed: every annotation has them, whatever its label.

/** What a driver has to see; close to the classes of the public driving datasets. */
export const roadScene: SchemaTemplate = {
  id: 'road-scene',
  title: 'Road scene',
  description: 'Vehicles, people, signs, lights and road boundaries for street and driving pictures.',
  labels: [
    {
      name: 'car',
      shortcut: '1',
      supercategory: 'vehicle',
      description: 'Passenger cars, vans up to 3.5 t and jeeps.',
      attributes: [parked],
    },
    {
      name: 'truck',
      shortcut: '2',
      supercategory: 'vehicle',
      description: 'Lorries, box vans and their trailers.',
      attributes: [parked],
    },
    {
      name: 'bus',
      shortcut: '3',
      supercategory: 'vehicle',
      description: 'Buses and coaches for more than nine people.',
    },
    {
      name: 'motorcycle',
      shortcut: '4',
      supercategory: 'vehicle',
      description: 'The machine without whoever rides it.',
      attributes: [parked],
    },
    {
      name: 'bicycle',
      shortcut: '5',
      supercategory: 'vehicle',
      description: 'The machine without whoever rides it.',
      attributes: [parked],
    },
    {
      name: 'train',
      supercategory: 'vehicle',
      description: 'Trains and trams; each carriage that can be told apart is not a box of its own.',
      attributes: [select('kind', ['train', 'tram'], 'Tram when it runs in the street.')],
    },
    {
      name: 'pedestrian',
      shortcut: '6',
      supercategory: 'person',
      description: 'People on foot, standing, sitting, or in a wheelchair.',
      skeleton: COCO_PERSON,
    },
    {
      name: 'rider',
      shortcut: '7',
      supercategory: 'person',
      description: 'A person on a bicycle, motorcycle, scooter or animal.',
    },
    {
      name: 'traffic sign',
      shortcut: '8',
      supercategory: 'traffic',
      description: 'The face of a sign, without its pole.',
      attributes: [
        select(
          'kind',
          ['warning', 'prohibition', 'mandatory', 'priority', 'information', 'other'],
          'What the sign tells the driver.',
        ),
      ],
    },
    {
      name: 'traffic light',
      shortcut: '9',
      supercategory: 'traffic',
      description: 'The housing of the lamps, without its pole.',
      attributes: [select('state', ['red', 'yellow', 'green', 'off'], 'The lamp that is lit.')],
    },
    {
      name: 'road boundary',
      shortcut: '0',
      allowedShapes: ['polyline'],
      supercategory: 'road',
      description: 'The line where the drivable road ends or a lane parts, drawn from near to far.',
      attributes: [select('kind', ['kerb', 'road edge', 'lane line', 'barrier'], 'What marks the boundary.')],
    },
  ],
};
