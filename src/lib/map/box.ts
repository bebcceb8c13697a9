/** A rectangle in drawing units. */
export type Box = [left: number, top: number, right: number, bottom: number];

/** Whether two share more than an edge. */
export const meets = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
