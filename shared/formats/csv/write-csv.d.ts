import { type Result } from '../../result/result';
import type { DatasetSink, DatasetSource, WriteContext, WriteReport } from '../format';
/** `annotations.csv` with a row an object, or one for a picture without any, and `labels.csv` with a row a class. */
export declare function writeCsv(source: DatasetSource, sink: DatasetSink, context?: WriteContext): Promise<Result<WriteReport>>;
