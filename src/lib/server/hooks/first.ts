import type { Handle } from '@sveltejs/kit';
import { answerFirst } from '../give-way.ts';

/** Whoever waits for an answer is answered before downloads that are under way go on. */
export const first: Handle = ({ event, resolve }) => answerFirst(() => resolve(event));
