/**
 * Pages are complete HTML and are not hydrated: nothing that the server has drawn is sent a second time. What a script
 * adds stands in `src/enhance.ts`.
 */
export const csr = false;
