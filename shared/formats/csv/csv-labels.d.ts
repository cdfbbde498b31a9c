import type { DatasetFolder, DatasetLabel } from '../format';
import type { ProblemQueue } from '../parts/problem-queue';
import type { CsvObject } from './csv-row';
import type { CsvFile } from './find-csv-files';
export declare const LABELS_TABLE = "labels.csv";
/** The classes of `labels.csv` beside our own table, null when there is none. */
export declare function labelsOfTable(folder: DatasetFolder, files: readonly CsvFile[], problems: ProblemQueue): Promise<readonly DatasetLabel[] | null>;
/** Finds the class of an object by its number and name. */
export interface CsvClasses {
    readonly labels: readonly DatasetLabel[];
    /** The class, or what is wrong, to follow "line 3". */
    classOf(object: CsvObject): number | {
        readonly code: string;
        readonly reason: string;
    };
}
/** Gathers the classes that rows name; a number that comes with them is kept where all rows agree on it. */
export declare class CsvClassCollector {
    #private;
    declare(name: string): void;
    add({ className, classIndex }: CsvObject): void;
    /** @param listed the classes of `labels.csv`, which rows must keep to. */
    classes(listed: readonly DatasetLabel[] | null): CsvClasses;
}
