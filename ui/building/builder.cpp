// SPDX-License-Identifier: GPL-3.0-or-later
#include "builder.h"

#include "engine/export/ascpp.h"
#include "engine/syntax/printer.h"
#include "ui/building/deferreddialog.h"
#include "ui/building/linkdialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

QString kindName(edit::LinkKind kind)
{
    switch (kind) {
    case edit::LinkKind::Callback: return Builder::tr("callback");
    case edit::LinkKind::Errback: return Builder::tr("errback");
    case edit::LinkKind::Both: return Builder::tr("both");
    case edit::LinkKind::Pair: return Builder::tr("pair");
    }
    return {};
}

} // namespace

Builder::Builder(ScriptDocument &document, const Session &session, ViewState &viewState, const Theme &theme,
                 QWidget *window)
    : QObject(window)
    , m_document(document)
    , m_session(session)
    , m_viewState(viewState)
    , m_theme(theme)
    , m_window(window)
    , m_target(session)
{
}

std::optional<edit::Source> Builder::source()
{
    if (m_document.isRecording()) {
        refuse(tr("A recording cannot be changed: it shows what has happened."));
        return {};
    }
    if (const auto &diagnostic = m_session.diagnostic()) {
        refuse(tr("Line %1 has an error: mend it first, the picture is of the text before.")
                   .arg(diagnostic->line));
        return {};
    }
    return edit::Source::read(m_document.text());
}

void Builder::make(const edit::Result &result, const QString &what, int dragging)
{
    if (const auto *refusal = std::get_if<edit::Refusal>(&result)) {
        refuse(refusal->message);
        return;
    }
    Q_EMIT aboutToEdit();
    m_document.edit(std::get<QString>(result), what, dragging);
}

bool Builder::ask(EditDialog &dialog, const QString &what)
{
    if (dialog.exec() != QDialog::Accepted || dialog.text().isEmpty())
        return false;
    make(dialog.text(), what);
    return true;
}

FormChoices Builder::choicesFor(const edit::Source &source, DeferredId deferred,
                                const QString &parameter) const
{
    FormChoices choices{{}, parameter};
    const QString own = m_target.nameOf(deferred);
    for (const edit::Creation &creation : source.outline.creations) {
        const bool isOfTheModule = source.outline.functionOf(creation.statement) < 0;
        if (isOfTheModule && !creation.name.isEmpty() && creation.name != own)
            choices.deferreds << creation.name;
    }
    if (!own.startsWith(u'#'))
        choices.deferreds << own;
    choices.deferreds.removeDuplicates();
    return choices;
}

void Builder::addDeferred()
{
    const auto read = source();
    if (!read)
        return;
    const edit::DeferredSpec spec{
        edit::freeName(*read, u"d"_s), {edit::FiringSpec::Kind::Later, false, u"1.0"_s, {}}, {}, {}};
    DeferredDialog dialog(*read, spec, {}, m_theme, m_window);
    if (dialog.exec() == QDialog::Accepted)
        make(dialog.text(), tr("add the Deferred %1").arg(dialog.name()));
}

void Builder::addLink(DeferredId deferred, int index, edit::LinkKind kind)
{
    const auto read = source();
    const auto spot = m_target.spotAt(deferred, index);
    if (!read)
        return;
    if (!spot || !read->outline.creationAt(spot->creation))
        return refuse(tr("%1 is not made by a line of this script that a link could be added to.")
                          .arg(m_target.nameOf(deferred)));
    const QString parameter = kind == edit::LinkKind::Errback ? u"failure"_s : u"result"_s;
    NewLinkDialog dialog(*read, *spot, kind, choicesFor(*read, deferred, parameter), m_theme, m_window);
    if (dialog.exec() == QDialog::Accepted)
        make(dialog.text(), tr("add %1 to %2").arg(dialog.name(), m_target.nameOf(deferred)));
}

void Builder::addLinkToSelection(edit::LinkKind kind)
{
    const DeferredId deferred = m_viewState.selection();
    if (!deferred)
        return refuse(tr("Choose the Deferred first that it is added to."));
    const int link = m_viewState.selectedLink();
    addLink(deferred, link < 0 ? std::numeric_limits<int>::max() : link + 1, kind);
}

void Builder::editPiece(DeferredId deferred, int link)
{
    const auto read = source();
    if (!read || !deferred)
        return;
    if (const auto place = m_target.additionOf(deferred, link); place && link >= 0) {
        LinkDialog dialog(*read, *place, choicesFor(*read, deferred, {}), m_theme, m_window);
        if (!dialog.hasFunctions())
            return refuse(tr("What is called here is no function of this script."));
        ask(dialog, tr("change what a link of %1 does").arg(m_target.nameOf(deferred)));
        return;
    }
    const auto place = m_target.creationOf(deferred);
    const auto spec = place ? edit::specOf(*read, *place) : std::nullopt;
    if (!spec)
        return refuse(tr("How %1 is made is changed in the code.").arg(m_target.nameOf(deferred)));
    DeferredDialog dialog(*read, *spec, place, m_theme, m_window);
    ask(dialog, tr("change the Deferred %1").arg(spec->name));
}

void Builder::editSelection()
{
    if (m_viewState.selection())
        editPiece(m_viewState.selection(), m_viewState.selectedLink());
}

void Builder::removeSelection()
{
    const auto read = source();
    const DeferredId deferred = m_viewState.selection();
    if (!read || !deferred)
        return;
    const QString name = m_target.nameOf(deferred);
    if (m_viewState.selectedLink() >= 0) {
        const auto place = m_target.additionOf(deferred, m_viewState.selectedLink());
        if (!place)
            return refuse(tr("Twisted itself has put this there: it goes with what it serves."));
        m_viewState.selectLink(deferred, -1);
        return make(edit::removeLink(*read, *place), tr("remove a link of %1").arg(name));
    }
    const auto place = m_target.creationOf(deferred);
    if (!place)
        return;
    make(edit::removeDeferred(*read, *place), tr("remove the Deferred %1").arg(name));
}

void Builder::duplicateSelection()
{
    const auto read = source();
    const DeferredId deferred = m_viewState.selection();
    if (!read || !deferred)
        return;
    const QString name = m_target.nameOf(deferred);
    const int link = m_viewState.selectedLink();
    if (link >= 0) {
        const auto place = m_target.additionOf(deferred, link);
        const auto spot = m_target.spotAt(deferred, link + 1);
        if (place && spot)
            make(edit::copyLink(*read, *place, *spot), tr("duplicate a link of %1").arg(name));
        return;
    }
    if (const auto place = m_target.creationOf(deferred))
        make(edit::duplicateDeferred(*read, *place), tr("duplicate the Deferred %1").arg(name));
}

void Builder::copySelection() { take(false); }
void Builder::cutSelection() { take(true); }

void Builder::take(bool isCut)
{
    const auto read = source();
    const DeferredId deferred = m_viewState.selection();
    const int index = m_viewState.selectedLink();
    if (!read || !deferred)
        return;
    if (isCut && index < 0)
        return refuse(tr("Only links can be cut: choose one. A Deferred is made where the script needs it."));
    const auto place = index < 0 ? m_target.creationOf(deferred) : m_target.additionOf(deferred, index);
    if (!place)
        return refuse(tr("Nothing in the script makes this piece alone."));
    const edit::Addition *link = read->outline.additionAt(*place);
    const edit::Creation *creation = read->outline.creationAt(*place);
    if (!link && !creation)
        return;
    const syntax::Range range = (link ? link->call : creation->call)->range;
    m_taken = {link ? link->name : creation->name, link ? syntax::print(link->call) : QString(), isCut};
    QGuiApplication::clipboard()->setText(read->text.split(u'\n').value(range.begin.line - 1).trimmed());
    Q_EMIT copied(isCut ? tr("Choose where it goes, and paste.") : tr("Copied."));
}

/// The link that was copied or cut, wherever it stands now.
std::optional<edit::Place> Builder::takenLink(const edit::Source &source) const
{
    for (const edit::Addition &addition : source.outline.additions) {
        if (addition.name == m_taken.name && syntax::print(addition.call) == m_taken.call)
            return addition.place;
    }
    return {};
}

void Builder::paste()
{
    const auto read = source();
    if (!read)
        return;
    if (m_taken.name.isEmpty())
        return refuse(tr("Copy or cut a piece first."));
    if (m_taken.call.isEmpty())
        return pasteDeferred(*read);
    const DeferredId deferred = m_viewState.selection();
    const auto place = takenLink(*read);
    if (!place || !deferred)
        return refuse(place ? tr("Choose the Deferred that the link is pasted into.")
                            : tr("The link that was copied is not there any more."));
    const int link = m_viewState.selectedLink();
    const auto spot = m_target.spotAt(deferred, link < 0 ? std::numeric_limits<int>::max() : link + 1);
    if (!spot)
        return;
    const QString what = tr("paste a link into %1").arg(m_target.nameOf(deferred));
    if (std::exchange(m_taken.isCut, false)) {
        make(edit::moveLink(*read, *place, *spot), what);
        m_taken = {};
    } else {
        make(edit::copyLink(*read, *place, *spot), what);
    }
}

void Builder::pasteDeferred(const edit::Source &source)
{
    const edit::Creation *creation = source.outline.creationOf(m_taken.name, -1);
    if (!creation)
        return refuse(tr("%1 is not there any more.").arg(m_taken.name));
    make(edit::duplicateDeferred(source, creation->place), tr("paste a copy of %1").arg(m_taken.name));
}

void Builder::moveLink(DeferredId from, int link, DeferredId to, int index)
{
    const auto read = source();
    if (!read)
        return;
    const auto place = m_target.additionOf(from, link);
    const auto spot = m_target.spotAt(to, index);
    if (!place || !spot)
        return refuse(tr("Only links that the script adds can be moved."));
    if (from == to && (index == link || index == link + 1))
        return;
    make(edit::moveLink(*read, *place, *spot),
         from == to ? tr("reorder the links of %1").arg(m_target.nameOf(from))
                    : tr("move a link of %1 to %2").arg(m_target.nameOf(from), m_target.nameOf(to)));
    m_viewState.select(to);
}

void Builder::moveSelection(int by)
{
    const int link = m_viewState.selectedLink();
    const DeferredId deferred = m_viewState.selection();
    if (link < 0 || link + by < 0)
        return;
    moveLink(deferred, link, deferred, by < 0 ? link - 1 : link + 2);
    m_viewState.selectLink(deferred, link + by);
}

void Builder::setKind(DeferredId deferred, int link, edit::LinkKind kind)
{
    const auto read = source();
    const auto place = m_target.additionOf(deferred, link);
    if (read && place)
        make(edit::setLinkKind(*read, *place, kind),
             tr("make a link of %1 a %2").arg(m_target.nameOf(deferred), kindName(kind)));
}

void Builder::returnDeferred(DeferredId from, int link, DeferredId returned)
{
    const auto read = source();
    if (!read)
        return;
    const auto place = m_target.additionOf(from, link);
    const QString name = m_target.nameOf(returned);
    const auto function = place ? edit::functionOf(*read, *place, edit::LinkSide::First) : std::nullopt;
    if (!function || !function->form || name.startsWith(u'#'))
        return refuse(tr("Only a function with a form can be made to return a Deferred that has a name."));
    edit::Form form = *function->form;
    if (!form.isEmpty() && edit::isLast(form.constLast().kind))
        form.removeLast();
    form.append({edit::Action::Kind::Return, name, {}, {}, false});
    make(edit::setForm(*read, *place, edit::LinkSide::First, form),
         tr("return %1 from a link of %2").arg(name, m_target.nameOf(from)));
}

void Builder::chain(DeferredId from, DeferredId to)
{
    const auto read = source();
    const auto first = m_target.creationOf(from);
    const auto second = m_target.creationOf(to);
    if (read && first && second)
        make(edit::chainTo(*read, *first, *second),
             tr("chain %1 to %2").arg(m_target.nameOf(from), m_target.nameOf(to)));
}

void Builder::collectSelection(const QString &maker)
{
    const auto read = source();
    if (!read)
        return;
    QList<edit::Place> places;
    for (const DeferredId deferred : m_viewState.selected()) {
        const auto place = m_target.creationOf(deferred);
        if (place)
            places << *place;
    }
    if (places.isEmpty())
        return refuse(tr("Choose the Deferreds first: click on one, then on others with Ctrl held."));
    const QString name = edit::freeName(*read, places.size() == 2 ? u"both"_s : u"everything"_s);
    make(edit::collect(*read, places, maker, name),
         tr("collect %n Deferred(s) in %1", nullptr, int(places.size())).arg(name));
}

QString Builder::sentenceFor(const Input &input) const
{
    const QString name = m_target.nameOf(input.deferred);
    switch (input.kind) {
    case Input::Kind::Fire: return tr("fire %1 with %2").arg(name, input.value);
    case Input::Kind::Fail: return tr("fail %1 with %2").arg(name, input.value);
    case Input::Kind::Cancel: return tr("cancel %1").arg(name);
    case Input::Kind::Pause: return tr("pause %1").arg(name);
    case Input::Kind::Unpause: return tr("unpause %1").arg(name);
    }
    return {};
}

/// At the step that is shown, which must lie before the end of a run whose reactor was stopped.
void Builder::byHand(Input::Kind kind)
{
    const auto read = source();
    const DeferredId deferred = m_viewState.selection();
    const Trace &trace = m_session.trace();
    const EventIndex step = m_viewState.step();
    if (!read)
        return;
    if (!deferred || trace.creationOf(deferred) >= step)
        return refuse(tr("Choose a Deferred first that is there at this step."));
    if (m_session.replay().at(step).stopped && trace.turns().size() > 1)
        return refuse(tr("At this step the run is over. Go back to a step before its end, and do it there."));
    Input input{step, deferred, kind, {}};
    if (!askValue(*read, input))
        return;
    Q_EMIT aboutToEdit();
    m_document.editInputs(m_document.inputs() + QList{input}, tr("by hand: %1").arg(sentenceFor(input)));
}

bool Builder::askValue(const edit::Source &source, Input &input)
{
    const bool isError = input.kind == Input::Kind::Fail;
    if (input.kind != Input::Kind::Fire && !isError)
        return true;
    bool isAccepted = false;
    const QString name = m_target.nameOf(input.deferred);
    const QString typed = QInputDialog::getText(m_window, isError ? tr("Fail by hand") : tr("Fire by hand"),
                                                isError ? tr("%1 fails with this error:").arg(name)
                                                        : tr("%1 fires with this value:").arg(name),
                                                QLineEdit::Normal, input.value, &isAccepted);
    input.value = isError ? edit::asException(source, typed) : edit::asExpression(source, typed);
    return isAccepted;
}

void Builder::changeByHand(int index)
{
    const auto read = source();
    QList<Input> inputs = m_document.inputs();
    if (!read || index < 0 || index >= inputs.size())
        return;
    Input &input = inputs[index];
    bool isAccepted = false;
    input.step = QInputDialog::getInt(m_window, tr("By hand"), tr("At which step: %1").arg(sentenceFor(input)),
                                      int(input.step), 0, std::numeric_limits<int>::max(), 1, &isAccepted);
    if (!isAccepted || !askValue(*read, input))
        return;
    Q_EMIT aboutToEdit();
    m_document.editInputs(inputs, tr("change what is done by hand"));
}

void Builder::removeByHand(int index)
{
    QList<Input> inputs = m_document.inputs();
    if (index < 0 || index >= inputs.size())
        return;
    inputs.removeAt(index);
    Q_EMIT aboutToEdit();
    m_document.editInputs(inputs, tr("remove what is done by hand"));
}

void Builder::copyAs(exporting::ChainForm form)
{
    const auto read = source();
    const auto place = m_target.creationOf(m_viewState.selection());
    if (!read)
        return;
    if (!place)
        return refuse(tr("Choose the chain first."));
    const edit::Result result = exporting::asForm(*read, *place, form);
    if (const auto *refusal = std::get_if<edit::Refusal>(&result))
        return refuse(refusal->message);
    QGuiApplication::clipboard()->setText(std::get<QString>(result));
    Q_EMIT copied(tr("The script is on the clipboard, with %1 written so.")
                      .arg(m_target.nameOf(m_viewState.selection())));
}

void Builder::copyAsCpp()
{
    const auto read = source();
    if (!read)
        return;
    const edit::Result result = exporting::asCpp(*read);
    if (const auto *refusal = std::get_if<edit::Refusal>(&result))
        return refuse(refusal->message);
    QGuiApplication::clipboard()->setText(std::get<QString>(result));
    Q_EMIT copied(tr("The script is on the clipboard as a C++ program."));
}

void Builder::setDelay(const edit::Place &timer, double seconds, int dragging)
{
    if (const auto read = source())
        make(edit::setDelay(*read, timer, seconds), tr("change a time"), dragging);
}

} // namespace deferscope::ui
