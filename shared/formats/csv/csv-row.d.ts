import type { DatasetAnnotation, DatasetImage } from '../format';
/** An object of a row, before its class is known by number. */
export interface CsvObject {
    readonly className: string | null;
    readonly classIndex: number | null;
    readonly annotation: Omit<DatasetAnnotation, 'imageKey' | 'classIndex'>;
}
/** What a row says of its picture beside the objects; absent parts are not said. */
export type CsvImageFacts = Partial<Pick<DatasetImage, 'size' | 'split' | 'state' | 'attributes' | 'frame'>>;
export interface CsvContent {
    readonly facts: CsvImageFacts;
    readonly objects: readonly CsvObject[];
}
export interface CsvRowFault {
    readonly code: string;
    /** For a person, to follow "line 3". */
    readonly reason: string;
}
/** How the rows of a file are to be taken. */
export interface CsvLayout {
    /** For a person: whose layout it is. */
    readonly name: string;
    /** Files of one dataset are those of one layout. */
    readonly id: string;
    readonly isOurs: boolean;
    readonly hasHeader: boolean;
    /** What the picture is called in a row; '' for none. */
    imageOf(cells: readonly string[]): string;
    /** @param onDropped hears what of the row has no place in the model. */
    parse(cells: readonly string[], onDropped: (name: string) => void): CsvContent | CsvRowFault;
    /** Classes that the header declares, in order. */
    readonly declared: readonly string[];
    /** The layout has a box in one cell, whose meaning the file does not tell. */
    readonly asksForBoxes: boolean;
}
