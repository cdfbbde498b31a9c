import type { z } from 'zod';
import type { AppError } from '../result/app-error';
import { appChannels, appEvents } from './channels/app';
import { bundleChannels } from './channels/bundles';
import { backupChannels, datasetChannels } from './channels/datasets';
import { fileChannels, fileEvents } from './channels/files';
import { labelImportChannels, labelImportEvents } from './channels/label-imports';
import { packageChannels } from './channels/packages';
import { peopleChannels, peopleEvents } from './channels/people';
import { versionContentsChannels } from './channels/version-contents';

/**
 * Every question the renderer may ask main. Types of the bridge, the router and the test fake all come from here. A row
 * with a `deed` is answered for those roles alone that may do it (`shared/people/permissions.ts`); the router asks.
 */
export const CHANNELS = {
  ...appChannels,
  ...fileChannels,
  ...datasetChannels,
  ...labelImportChannels,
  ...versionContentsChannels,
  ...backupChannels,
  ...bundleChannels,
  ...packageChannels,
  ...peopleChannels,
} as const;

/** Everything main may tell the renderer unasked. */
export const EVENTS = { ...appEvents, ...fileEvents, ...labelImportEvents, ...peopleEvents } as const;

export type ChannelName = keyof typeof CHANNELS;
export type ChannelArgs<C extends ChannelName> = z.input<(typeof CHANNELS)[C]['args']>;
export type ParsedChannelArgs<C extends ChannelName> = z.output<(typeof CHANNELS)[C]['args']>;
export type ChannelResult<C extends ChannelName> = z.output<(typeof CHANNELS)[C]['result']>;

export type EventName = keyof typeof EVENTS;
export type EventPayload<E extends EventName> = z.output<(typeof EVENTS)[E]>;

/** What crosses the bridge for a call: thrown errors do not survive it, values do. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AppError };
