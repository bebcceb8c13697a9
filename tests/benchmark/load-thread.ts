import { parentPort, workerData } from 'node:worker_threads';
import { askRepeatedly } from './pages.ts';

parentPort!.postMessage(await askRepeatedly((workerData as { address: string }).address));
