// SPDX-License-Identifier: Apache-2.0

/**
 * RAM documents, Rainbond's {@code metadata.json}, read and written without loss.
 *
 * <p>Start at {@link dev.switchback.json.ram.RamDocument}. Archives with such a document and its
 * images are not here but in {@code dev.switchback.packaging}.
 *
 * <p><b>Typed values.</b> Each type in {@code dev.switchback.model.spec} names the RAM fields it comes
 * from. Fields that nobody knows become extras where they stand on the document, a component or a
 * plugin, so that a diff shows them; inside an item of a list they stay in the document only. Row
 * ids, times and names of the publishing site's database become nothing: they differ between any two
 * publishes of the same content. Nor does the {@code image} of a plugin beside its {@code share_image},
 * which says what the site made that of: it changes nothing where the plugin is used.
 *
 * <p><b>Defaults</b> are Rainbond's: memory is {@code init_memory}, else {@code memory}, else {@code
 * min_memory}, else 512 MB; cpu is {@code container_cpu}, else {@code cpu}, else 250; a stated zero is
 * no limit. A component without {@code service_key} is known by its share uuid, id, alias or name.
 *
 * <p><b>Additions.</b> What the model says and RAM has no field for is written to objects named {@code
 * switchback} beside the fields they complete.
 */
package dev.switchback.json.ram;
