# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    syntax/compoundparser.cpp
    syntax/diagnostic.cpp
    syntax/diagnostic.h
    syntax/displayparser.cpp
    syntax/expressionparser.cpp
    syntax/expressionprinter.cpp
    syntax/filetext.cpp
    syntax/filetext.h
    syntax/formattedreader.cpp
    syntax/formattedreader.h
    syntax/lexer.cpp
    syntax/lexer.h
    syntax/lexliteral.cpp
    syntax/nesting.h
    syntax/parameterreader.cpp
    syntax/parameterreader.h
    syntax/parser.cpp
    syntax/parser.h
    syntax/parser_p.h
    syntax/printer.cpp
    syntax/printer.h
    syntax/simplestatementparser.cpp
    syntax/stringparser.cpp
    syntax/syntaxtree.h
    syntax/withparser.cpp
)
