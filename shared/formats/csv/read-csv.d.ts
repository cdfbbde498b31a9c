import type { DatasetEvent, DatasetFolder } from '../format';
import { type OptionValues } from '../format-options';
/** Reads each table twice: classes and pictures come first. Memory follows the number of images. */
export declare function readCsv(folder: DatasetFolder, options?: OptionValues): AsyncGenerator<DatasetEvent>;
