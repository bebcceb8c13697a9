/** What an address of the desk answers: a status, and JSON. */
export type Answer = { status: number; body: unknown; retryAfter?: number };

/** An answer that says why something was not done, in the form of a desk's refusal. */
export function refused(status: number, code: string, message: string, retryAfter?: number): Answer {
	return { status, body: { outcome: 'refused', refusal: { code, message } }, retryAfter };
}
