// usage: node check_links.mjs NODE_MODULES URLS OUT AT_ONCE
//
// check-links has no command. Its own option for how many to ask at once makes version 3.0.1 call
// every link dead, so it is given one link at a time, by so many hands.
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, urls, out, atOnce] = process.argv.slice(2)
const entry = path.join(modules, 'check-links', 'dist', 'index.js')
const { default: checkLinks } = await import(pathToFileURL(entry).href)

const list = fs.readFileSync(urls, 'utf8').split('\n').filter(Boolean)
const found = {}
let next = 0
const hand = async () => {
  while (next < list.length) Object.assign(found, await checkLinks([list[next++]]))
}
await Promise.all(Array.from({ length: Number(atOnce) }, hand))
fs.writeFileSync(out, JSON.stringify(Object.fromEntries(list.map((url) => [url, found[url]?.status]))))
