import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { type PictureIndex } from '../parts/picture-index';
import type { CsvLayout } from './csv-row';
import { type BoxCells } from './foreign-layout';
export interface CsvFile {
    readonly path: string;
    readonly delimiter: string;
    readonly layout: CsvLayout;
    /** The split that the file or its folder is named after. */
    readonly split: Split | null;
}
export interface CsvFiles {
    readonly files: readonly CsvFile[];
    readonly setAside: readonly {
        readonly path: string;
        readonly reason: string;
    }[];
    readonly pictures: PictureIndex;
}
/** The tables of annotations below a folder. Never throws; a table that is none of a known layout is passed over. */
export declare function findCsvFiles(folder: DatasetFolder, boxCells: BoxCells): Promise<CsvFiles>;
/** The picture that a table means, with or without an extension, as a path below the opened folder. */
export declare function pictureOf(name: string, path: string, pictures: PictureIndex): string | null;
