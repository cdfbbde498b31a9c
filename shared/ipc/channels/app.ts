import { z } from 'zod';
import { SourceId } from '../../schema/ids';

/** Channels about the app itself: what it is, its log, its menus, its end. */
export const appChannels = {
  'app.info': {
    args: z.object({}),
    result: z.object({
      version: z.string(),
      electronVersion: z.string(),
      chromeVersion: z.string(),
      platform: z.string(),
      /** The person's name as the system knows it; used as the actor until they set another. */
      userName: z.string(),
      /** Where lake and backups live, for showing to the person. */
      dataHomeForDisplay: z.string(),
    }),
  },
  'log.write': {
    args: z.object({
      level: z.enum(['info', 'warning', 'error']),
      message: z.string().max(10_000),
      details: z.record(z.string().max(200), z.string().max(20_000)).default({}),
    }),
    result: z.null(),
  },
  /** Shows the log file in the system's file browser, so that a person can send it. */
  'log.reveal': { args: z.object({}), result: z.null() },
  /** Native menus are built from the renderer's command registry. */
  'menu.set': {
    args: z.object({
      menus: z
        .array(
          z.object({
            label: z.string().max(50),
            items: z
              .array(
                z.union([
                  z.object({ type: z.literal('separator') }),
                  z.object({
                    type: z.literal('command'),
                    commandId: z.string().max(100),
                    label: z.string().max(200),
                    /** Electron accelerator shown beside the item; keys themselves are handled by the renderer. */
                    accelerator: z.string().max(50).nullable(),
                    isEnabled: z.boolean(),
                  }),
                ]),
              )
              .max(100),
          }),
        )
        .max(20),
    }),
    result: z.null(),
  },
  /** The answer to `app.closing`: unsaved work is written and the backup made, the window may go. */
  'app.readyToClose': { args: z.object({}), result: z.null() },
  'app.reveal': { args: z.object({ sourceId: SourceId, key: z.string().nullable() }), result: z.null() },
} as const;

export const appEvents = {
  /** A native menu item was chosen. */
  'menu.command': z.object({ commandId: z.string() }),
  /** The window was asked to close; main waits a bounded time for `app.readyToClose`. */
  'app.closing': z.object({}),
} as const;
