/**
 * Whether who asks has these very bytes already, by what `If-None-Match` says: a compressed answer has the tag of the plain
 * one with a mark at its end.
 */
export function isHeld(ifNoneMatch: string | null | undefined, etag: string): boolean {
	if (ifNoneMatch == null) return false;
	return ifNoneMatch === '*' || ifNoneMatch.includes(etag.replace(/^W\/|"/g, ''));
}
