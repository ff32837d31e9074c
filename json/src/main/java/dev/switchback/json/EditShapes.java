// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static dev.switchback.json.Codecs.COMPONENT_KEY;
import static dev.switchback.json.Codecs.INTEGER;
import static dev.switchback.json.Codecs.MASKED_SETTING;
import static dev.switchback.json.Codecs.MASKED_TEXT;
import static dev.switchback.json.Codecs.TEXT;
import static dev.switchback.json.Codecs.unlessSecret;

import dev.switchback.model.Setting;
import dev.switchback.model.spec.Probe;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;

/**
 * The tables of the operator's edits. They stand in plans only, which hold no secrets, so whatever the
 * tables of a plan mask is written as a mask that cannot be read back.
 */
final class EditShapes {

  private static final Shape<Probe> MASKED_PROBE = ComponentShapes.probe(MASKED_TEXT);

  private static final Codec<Edit> EDIT = Variants.<Edit>of(edit -> Codecs.codeOf(edit.kind()))
      .add(
          "set-image",
          Edit.SetImage.class,
          Shape.<Edit.SetImage>table()
              .value("component", COMPONENT_KEY, Edit.SetImage::component)
              .part("image", ComponentShapes.IMAGE, Edit.SetImage::image)
              .make(in -> new Edit.SetImage(in.value(), in.value())))
      .add(
          "set-command",
          Edit.SetCommand.class,
          Shape.<Edit.SetCommand>table()
              .value("component", COMPONENT_KEY, Edit.SetCommand::component)
              .value("command", MASKED_TEXT, Edit.SetCommand::command)
              .make(in -> new Edit.SetCommand(in.value(), in.text())))
      .add(
          "set-env",
          Edit.SetEnv.class,
          Shape.<Edit.SetEnv>table()
              .value("component", COMPONENT_KEY, Edit.SetEnv::component)
              .value("name", TEXT, Edit.SetEnv::name)
              .value("value", MASKED_SETTING, edit -> unlessSecret(edit.name(), edit.value()))
              .make(in -> new Edit.SetEnv(in.value(), in.text(), in.setting())))
      .add(
          "remove-env",
          Edit.RemoveEnv.class,
          Shape.<Edit.RemoveEnv>table()
              .value("component", COMPONENT_KEY, Edit.RemoveEnv::component)
              .value("name", TEXT, Edit.RemoveEnv::name)
              .make(in -> new Edit.RemoveEnv(in.value(), in.text())))
      .add(
          "set-replicas",
          Edit.SetReplicas.class,
          Shape.<Edit.SetReplicas>table()
              .value("component", COMPONENT_KEY, Edit.SetReplicas::component)
              .value("replicas", INTEGER, Edit.SetReplicas::replicas)
              .make(in -> new Edit.SetReplicas(in.value(), in.integer())))
      .add(
          "set-memory",
          Edit.SetMemory.class,
          Shape.<Edit.SetMemory>table()
              .value("component", COMPONENT_KEY, Edit.SetMemory::component)
              .value("memoryMb", INTEGER, Edit.SetMemory::memoryMb)
              .make(in -> new Edit.SetMemory(in.value(), in.integer())))
      .add(
          "set-cpu",
          Edit.SetCpu.class,
          Shape.<Edit.SetCpu>table()
              .value("component", COMPONENT_KEY, Edit.SetCpu::component)
              .value("cpuMillis", INTEGER, Edit.SetCpu::cpuMillis)
              .make(in -> new Edit.SetCpu(in.value(), in.integer())))
      .add(
          "set-config-file",
          Edit.SetConfigFile.class,
          Shape.<Edit.SetConfigFile>table()
              .value("component", COMPONENT_KEY, Edit.SetConfigFile::component)
              .value("path", TEXT, Edit.SetConfigFile::path)
              .value("content", MASKED_SETTING, edit -> unlessSecret(edit.path(), edit.content()))
              .make(in -> new Edit.SetConfigFile(in.value(), in.text(), in.setting())))
      .add(
          "set-port",
          Edit.SetPort.class,
          Shape.<Edit.SetPort>table()
              .value("component", COMPONENT_KEY, Edit.SetPort::component)
              .value("port", TEXT, Edit.SetPort::port)
              .flag("inner", Edit.SetPort::inner)
              .flag("outer", Edit.SetPort::outer)
              .make(in -> new Edit.SetPort(in.value(), in.text(), in.flag(), in.flag())))
      .add(
          "set-probe",
          Edit.SetProbe.class,
          Shape.<Edit.SetProbe>table()
              .value("component", COMPONENT_KEY, Edit.SetProbe::component)
              .part("probe", MASKED_PROBE, Edit.SetProbe::probe)
              .make(in -> new Edit.SetProbe(in.value(), in.value())))
      .add(
          "set-label",
          Edit.SetLabel.class,
          Shape.<Edit.SetLabel>table()
              .value("component", COMPONENT_KEY, Edit.SetLabel::component)
              .value("name", TEXT, Edit.SetLabel::name)
              .value(
                  "value",
                  MASKED_SETTING,
                  edit -> unlessSecret(edit.name(), Setting.plain(edit.value())))
              .make(in -> new Edit.SetLabel(in.value(), in.text(), in.setting().reveal())))
      .add(
          "remove-label",
          Edit.RemoveLabel.class,
          Shape.<Edit.RemoveLabel>table()
              .value("component", COMPONENT_KEY, Edit.RemoveLabel::component)
              .value("name", TEXT, Edit.RemoveLabel::name)
              .make(in -> new Edit.RemoveLabel(in.value(), in.text())))
      .add(
          "set-config-item",
          Edit.SetConfigItem.class,
          Shape.<Edit.SetConfigItem>table()
              .value("group", TEXT, Edit.SetConfigItem::group)
              .value("name", TEXT, Edit.SetConfigItem::name)
              .value("value", MASKED_SETTING, edit -> unlessSecret(edit.name(), edit.value()))
              .make(in -> new Edit.SetConfigItem(in.text(), in.text(), in.setting())))
      .codec();

  static final Shape<EditRequest> EDITS = Shape.<EditRequest>table()
      .list("edits", EDIT, EditRequest::edits)
      .make(in -> new EditRequest(in.list()));

  private EditShapes() {}
}
