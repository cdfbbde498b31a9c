import type { DatasetFormat } from '../format';
export declare const csv: DatasetFormat;
