import { dataHome } from '../home/data-home';
import { type Lake, openLake } from '../store/lake';

/** The option that every command on the lake has. */
export const HOME_OPTION = [
  '--home <folder>',
  'data home whose lake is meant (default: GROUNDMARK_HOME, else ~/Groundmark)',
] as const;

export function lakeOf(home: string | undefined): Lake {
  return openLake(dataHome(home === undefined ? process.env : { GROUNDMARK_HOME: home }).root);
}
