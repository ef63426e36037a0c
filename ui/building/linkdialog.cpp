// SPDX-License-Identifier: GPL-3.0-or-later
#include "linkdialog.h"

#include <QFormLayout>

namespace deferscope::ui {

using namespace Qt::StringLiterals;
using edit::LinkKind;
using edit::LinkSide;

namespace {

QStringList functionsOf(const edit::Source &source)
{
    QStringList names;
    for (const edit::FunctionPlace &function : source.outline.functions) {
        const bool isOfTheModule
            = function.outer < 0 && source.outline.statements.at(function.statement).block == 0;
        if (isOfTheModule)
            names << function.name;
    }
    return names;
}

} // namespace

NewLinkDialog::NewLinkDialog(const edit::Source &source, const edit::Spot &spot, LinkKind kind,
                             const FormChoices &choices, const Theme &theme, QWidget *parent)
    : EditDialog(source, theme, tr("New link"), parent)
    , m_spot(spot)
    , m_kind(new QComboBox)
    , m_halves(new QTabWidget)
    , m_first(half(kind == LinkKind::Errback ? u"errback"_s : u"callback"_s, choices))
    , m_second(half(u"errback"_s, {choices.deferreds, u"failure"_s}))
{
    m_kind->addItems({tr("Callback: takes a value"), tr("Errback: takes a failure"),
                      tr("Both: takes whatever comes"), tr("Pair: a callback and an errback")});
    m_kind->setCurrentIndex(int(kind));
    m_kind->setAccessibleName(tr("Kind of link"));
    m_halves->setDocumentMode(true);
    content().addWidget(m_kind);
    content().addWidget(m_halves, 1);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        arrange();
        refresh();
    });
    arrange();
    refresh();
    m_first.name->setFocus();
    m_first.name->lineEdit()->selectAll();
}

NewLinkDialog::Half NewLinkDialog::half(const QString &stem, const FormChoices &choices)
{
    Half half{new QWidget(m_halves), new QComboBox, nullptr};
    half.page->hide(); // until it is a tab
    half.form = new FunctionForm(source(), choices, theme());
    half.name->setEditable(true);
    half.name->setInsertPolicy(QComboBox::NoInsert);
    half.name->addItems(functionsOf(source()) << u"print"_s);
    half.name->setCurrentText(edit::freeName(source(), stem));
    half.name->setAccessibleName(tr("Function"));
    const edit::Action print{edit::Action::Kind::Print, choices.parameter, {}, {}, false};
    const edit::Action passOn{edit::Action::Kind::Return, choices.parameter, {}, {}, false};
    half.form->setForm({print, passOn});
    auto *form = new QFormLayout;
    form->addRow(tr("&Function"), half.name);
    auto *column = new QVBoxLayout(half.page);
    column->setContentsMargins(0, 12, 0, 0);
    column->addLayout(form);
    column->addWidget(half.form, 1);
    connect(half.name, &QComboBox::editTextChanged, this, [this] {
        arrange();
        refresh();
    });
    connect(half.form, &FunctionForm::changed, this, &NewLinkDialog::refresh);
    return half;
}

bool NewLinkDialog::isNew(const Half &half) const
{
    const QString name = half.name->currentText().trimmed();
    return !source().outline.isUsed(name) && name != u"print" && !name.contains(u'.');
}

void NewLinkDialog::arrange()
{
    const auto kind = LinkKind(m_kind->currentIndex());
    const int wanted = kind == LinkKind::Pair ? 2 : 1;
    while (m_halves->count() > wanted)
        m_halves->removeTab(1);
    if (m_halves->count() == 0)
        m_halves->addTab(m_first.page, QString());
    if (m_halves->count() < wanted)
        m_halves->addTab(m_second.page, tr("Errback"));
    m_halves->setTabText(0,
                         kind == LinkKind::Errback    ? tr("Errback")
                             : kind == LinkKind::Both ? tr("Both")
                                                      : tr("Callback"));
    for (const Half &half : {m_first, m_second}) {
        half.form->setEnabled(isNew(half));
        half.form->setToolTip(isNew(half) ? QString() : tr("This function is there already."));
    }
}

edit::FunctionSpec NewLinkDialog::specOf(const Half &half) const
{
    // Code is put in afterwards: the function is made empty.
    return {half.name->currentText().trimmed(), half.form->isCustom() ? edit::Form() : half.form->form()};
}

QString NewLinkDialog::problem() const
{
    for (const Half *half : halves()) {
        const QString problem = isNew(*half) ? half->form->problem() : QString();
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

edit::Result NewLinkDialog::result() const
{
    const auto kind = LinkKind(m_kind->currentIndex());
    edit::Result edited = edit::insertLink(source(), m_spot, {kind, specOf(m_first), specOf(m_second)});
    for (const Half *half : halves()) {
        const auto *text = std::get_if<QString>(&edited);
        if (!text || !half->form->isCustom() || !isNew(*half))
            continue;
        edited = edit::setBodyOf(edit::Source::read(*text), half->name->currentText().trimmed(),
                                 half->form->body());
    }
    return edited;
}

QList<const NewLinkDialog::Half *> NewLinkDialog::halves() const
{
    const bool isPair = m_kind->currentIndex() == int(LinkKind::Pair);
    return isPair ? QList<const Half *>{&m_first, &m_second} : QList<const Half *>{&m_first};
}

QString NewLinkDialog::name() const { return m_first.name->currentText().trimmed(); }

LinkDialog::LinkDialog(const edit::Source &source, const edit::Place &link, const FormChoices &choices,
                       const Theme &theme, QWidget *parent)
    : EditDialog(source, theme, tr("What it does"), parent)
    , m_link(link)
{
    auto *tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    for (const LinkSide side : {LinkSide::First, LinkSide::Second}) {
        const auto function = edit::functionOf(source, link, side);
        if (!function)
            continue;
        auto *form = new FunctionForm(source, {choices.deferreds, function->parameter}, theme);
        if (function->form)
            form->setForm(*function->form);
        else
            form->setBody(function->body);
        connect(form, &FunctionForm::changed, this, &LinkDialog::refresh);
        auto *page = new QWidget;
        auto *column = new QVBoxLayout(page);
        column->setContentsMargins(0, 12, 0, 0);
        column->addWidget(form);
        tabs->addTab(page,
                     function->name.isEmpty() ? tr("lambda %1").arg(function->parameter)
                                              : u"%1(%2)"_s.arg(function->name, function->parameter));
        m_halves.append({side, form, *function});
    }
    content().addWidget(tabs, 1);
    refresh();
    if (!m_halves.isEmpty())
        m_halves.constFirst().form->focusFirst();
}

QString LinkDialog::problem() const
{
    for (const Half &half : m_halves) {
        if (const QString problem = half.form->problem(); !problem.isEmpty())
            return problem;
    }
    return {};
}

edit::Result LinkDialog::result() const
{
    edit::Result edited = source().text;
    for (const Half &half : m_halves) {
        const bool isSame = half.form->isCustom() ? !half.before.form && half.form->body() == half.before.body
                                                  : half.before.form == half.form->form();
        if (isSame || !std::holds_alternative<QString>(edited))
            continue;
        const QString text = std::get<QString>(edited);
        const edit::Source with = edit::Source::read(text);
        edit::Place place = m_link;
        if (!with.outline.additionAt(place)) // the other half's function stands above, and grew
            place = place.movedBy(int(text.count(u'\n') - source().text.count(u'\n')));
        edited = half.form->isCustom() ? edit::setBody(with, place, half.side, half.form->body())
                                       : edit::setForm(with, place, half.side, half.form->form());
    }
    return edited;
}

} // namespace deferscope::ui
