import type { Reason } from '#lib/slice/parameter.ts';

// See https://svelte.dev/docs/kit/types#app.d.ts
declare global {
	namespace App {
		interface Error {
			message: string;
			/** The number under which the log holds the rest. */
			id?: string;
			/** A malformed parameter of the address: its name, what was given, and why it can't be read. */
			parameter?: string;
			value?: string;
			reason?: Reason;
			/** Why, where a program should tell it apart. */
			code?: 'nothing_loaded' | 'demonstration_off' | 'no_publisher' | 'no_invented_iati';
			/** A report is being posted and keeps the database busy: how much of it is done, in per cent, where that is known. */
			work?: { percent: number | null };
		}
		interface Locals {
			requestId: string;
			/** What made the answer fail: the framework's own page of a file's address says nothing of it. */
			failure?: unknown;
		}
	}
}
export {};
