import { error } from '@sveltejs/kit';
import { answer } from '#lib/server/answer.ts';
import { findSource } from '#lib/server/facts/sources.ts';
import { writeOriginal } from '#lib/server/outlet/original.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(event, [], async ({ db, demonstration }) => {
		const source = await findSource(db, event.params.sha);
		if (!source?.released || (source.nature === 'demonstration' && !demonstration))
			error(404, { message: 'no such source' });
		return writeOriginal(db, source);
	});
