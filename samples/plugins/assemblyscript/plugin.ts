// The canonical ABI by hand: strings arrive as (pointer, UTF-16 code units), results leave through `area`.

@external("host", "log")
declare function hostLog(level: i32, message: usize, length: i32): void;

const area = memory.data(12, 4);

export function cabi_realloc(old: usize, oldSize: usize, align: usize, size: usize): usize {
  const at = heap.alloc(size);
  if (oldSize) memory.copy(at, old, min(oldSize, size));
  return at;
}

function text(at: usize, length: i32): string {
  return String.UTF16.decodeUnsafe(at, (<usize>length) << 1);
}

function result(ok: bool, value: string): usize {
  store<u8>(area, ok ? 0 : 1);
  store<usize>(area, changetype<usize>(value), 4);
  store<i32>(area, value.length, 8);
  return area;
}

// The content of the member `text`, as it is written: escapes count as the characters they are made of.
function member(json: string): string {
  const key = json.indexOf("\"text\"");
  if (key < 0) return "";
  const start = json.indexOf("\"", json.indexOf(":", key) + 1) + 1;
  let end = start;
  while (end < json.length && json.charCodeAt(end) != 34) end += json.charCodeAt(end) == 92 ? 2 : 1;
  return json.substring(start, end);
}

function words(text: string): i32 {
  let count = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const space = text.charCodeAt(i) == 32;
    if (!space && !inside) count++;
    inside = !space;
  }
  return count;
}

export function plugin__init(): usize {
  store<u8>(area, 0);
  return area;
}

export function plugin__execute_tool(name: usize, nameLength: i32, parameters: usize, parametersLength: i32): usize {
  const tool = text(name, nameLength);
  const json = text(parameters, parametersLength);
  if (tool == "echo") return result(true, json);
  if (tool == "word-count") return result(true, "{\"words\":" + words(member(json)).toString() + "}");
  const message = "unknown tool: " + tool;
  hostLog(1, changetype<usize>(message), message.length);
  return result(false, message);
}

export function plugin__describe(): usize {
  const description = "{\"name\":\"sample\",\"version\":\"1.0.0\",\"tools\":[{\"name\":\"word-count\",\"description\":\"Counts the words of a text.\",\"parameters\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}},{\"name\":\"echo\",\"description\":\"Gives its parameters back.\",\"parameters\":{\"type\":\"object\"}}]}";
  store<usize>(area, changetype<usize>(description));
  store<i32>(area, description.length, 4);
  return area;
}
