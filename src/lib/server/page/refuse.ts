import { error } from '@sveltejs/kit';
import type { Reason } from '#lib/slice/parameter.ts';

/** Answers 400 to an address of which one parameter cannot be answered, and says which and why. */
export function refuse(parameter: string, value: string, reason: Reason): never {
	error(400, { message: 'malformed parameter', parameter, value, reason });
}
