# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    syntax/characters.h
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
    syntax/lexword.cpp
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

# Whatever is being tested reads texts, and Python's whole library is read to prove that it can be.
get_target_property(sources deferscope_engine SOURCES)
list(FILTER sources INCLUDE REGEX "^syntax/.*\\.cpp$")
set_source_files_properties(${sources} PROPERTIES COMPILE_OPTIONS "$<$<CONFIG:Debug>:-O1>")
