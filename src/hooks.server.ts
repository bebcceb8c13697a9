import type { HandleServerError, ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { address } from '#lib/server/hooks/address.ts';
import { errors } from '#lib/server/hooks/errors.ts';
import { first } from '#lib/server/hooks/first.ts';
import { headers } from '#lib/server/hooks/headers.ts';
import { language } from '#lib/server/hooks/language.ts';
import { origin } from '#lib/server/hooks/origin.ts';
import { refusals } from '#lib/server/hooks/refusals.ts';
import { start } from './start-development.ts';

export const init: ServerInit = start;
export const handle = sequence(headers, first, origin, address, language, refusals);
export const handleError: HandleServerError = errors;
