import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/*
 * What a browser holds in exchange for the token: a time of expiry and a proof that it was given out here. It holds
 * nothing of the token, and ends with it.
 */

const HOURS = 12;
export const PASS_SECONDS = HOURS * 60 * 60;

/** A pass that is good from now for twelve hours. `now` in milliseconds. */
export function issuePass(token: string, now: number): string {
	const expires = String(Math.floor(now / 1000) + PASS_SECONDS);
	return `${expires}.${proofOf(token, expires)}`;
}

/** Whether a pass was issued for this token and is still good. */
export function isPassGood(token: string, pass: string, now: number): boolean {
	const [expires = '', proof = '', ...more] = pass.split('.');
	if (more.length > 0 || !/^\d{1,12}$/.test(expires)) return false;
	return isEqual(proof, proofOf(token, expires)) && Number.parseInt(expires, 10) * 1000 > now;
}

function proofOf(token: string, expires: string): string {
	return createHmac('sha256', token).update(`intake pass until ${expires}`).digest('base64url');
}

/** Compares without telling by its time how much of it was right, or how long the right one is. */
export function isEqual(given: string, right: string): boolean {
	const [a, b] = [given, right].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
	return timingSafeEqual(a, b);
}
