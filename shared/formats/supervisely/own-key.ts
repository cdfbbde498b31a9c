/** The key below which files carry what Supervisely has no place for; its SDK takes the keys it knows. */
export const OWN_KEY = 'groundmark';
