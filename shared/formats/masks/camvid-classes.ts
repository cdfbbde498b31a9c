import type { MaskClass } from './class-list';

/** The 32 classes of the Cambridge-driving Labeled Video Database by their colours, as its label_colors.txt lists them. */
const COLORS: readonly (readonly [color: number, name: string])[] = [
  [0x000000, 'Void'],
  [0x408040, 'Animal'],
  [0xc00080, 'Archway'],
  [0x0080c0, 'Bicyclist'],
  [0x008040, 'Bridge'],
  [0x800000, 'Building'],
  [0x400080, 'Car'],
  [0x4000c0, 'CartLuggagePram'],
  [0xc08040, 'Child'],
  [0xc0c080, 'Column_Pole'],
  [0x404080, 'Fence'],
  [0x8000c0, 'LaneMkgsDriv'],
  [0xc00040, 'LaneMkgsNonDriv'],
  [0x808040, 'Misc_Text'],
  [0xc000c0, 'MotorcycleScooter'],
  [0x804040, 'OtherMoving'],
  [0x40c080, 'ParkingBlock'],
  [0x404000, 'Pedestrian'],
  [0x804080, 'Road'],
  [0x8080c0, 'RoadShoulder'],
  [0x0000c0, 'Sidewalk'],
  [0xc08080, 'SignSymbol'],
  [0x808080, 'Sky'],
  [0x4080c0, 'SUVPickupTruck'],
  [0x000040, 'TrafficCone'],
  [0x004040, 'TrafficLight'],
  [0xc04080, 'Train'],
  [0x808000, 'Tree'],
  [0xc080c0, 'Truck_Bus'],
  [0x400040, 'Tunnel'],
  [0xc0c000, 'VegetationMisc'],
  [0x40c000, 'Wall'],
];

export const CAMVID_CLASSES: readonly MaskClass[] = COLORS.map(([color, name], value) => ({
  value,
  name,
  color,
  isBackground: value === 0,
}));
