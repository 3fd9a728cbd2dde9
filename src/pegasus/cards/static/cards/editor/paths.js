// What lies deep in a design, by a path such as "plate.colour". Nothing is changed in place.
export const get = (thing, path) => path.split(".").reduce((found, key) => found?.[key], thing);

const changed = (thing, [key, ...rest], value) => {
  const copy = Array.isArray(thing) ? [...thing] : { ...thing };
  if (rest.length) copy[key] = changed(copy[key] ?? {}, rest, value);
  else if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
};

export const set = (thing, path, value) => changed(thing, path.split("."), value);

// Several at once; what is `undefined` goes.
export const patched = (thing, fields) => {
  const next = { ...thing, ...fields };
  for (const [key, value] of Object.entries(fields)) if (value === undefined) delete next[key];
  return next;
};
