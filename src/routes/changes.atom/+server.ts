import { answer } from '#lib/server/answer.ts';
import { writeChangesAtom } from '#lib/server/outlet/changes-atom.ts';
import { refuseRestrictions } from '#lib/server/page/restrictions.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(event, [], (question) => {
		refuseRestrictions(question);
		const { db, runtime, slice } = question;
		const { origin, portfolio } = runtime.configuration;
		return writeChangesAtom(db, slice, { origin, portfolio });
	});
