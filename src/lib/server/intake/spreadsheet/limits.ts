/** What a spreadsheet program itself can hold; anything beyond is no sheet, whatever made it. */
export const LONGEST_CELL = 32_767;
export const MOST_COLUMNS = 16_384;
export const MOST_ROWS = 1_048_576;

/* What one workbook may ask of this process. */

/** Parts in the container; the largest honest workbooks have some hundreds. */
export const MOST_PARTS = 10_000;
/** The received file itself, which has to lie on disk while it is read. */
export const MOST_FILE_BYTES = 1024 ** 3;
/** All parts that are read, unpacked: a full sheet of a million rows and twenty columns is about this large. */
export const MOST_UNPACKED_BYTES = 1.5 * 1024 ** 3;
/** Sheets shrink about 10 to 40 times; what shrinks more, and is not small, was made to fill a memory. */
export const MOST_RATIO = 150;
export const SMALL_PART_BYTES = 16 * 1024 ** 2;
/** Parts that are held in memory: the table of texts that cells share, and of formats. */
export const MOST_SHARED_TEXTS = 3_000_000;
export const MOST_SHARED_CHARACTERS = 80_000_000;
export const MOST_FORMATS = 70_000;
/** All characters of all cells: one long shared text in every cell multiplies to more than any disk. */
export const MOST_TEXT = 1_000_000_000;
